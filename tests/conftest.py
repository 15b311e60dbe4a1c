"""What all tests share: hypothesis without clock, chance or files; `--hypothesis-profile=long` looks further."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "rasura",
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("rasura"), max_examples=20_000, derandomize=False)
settings.load_profile("rasura")
