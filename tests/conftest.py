"""What all tests share: hypothesis without clock, chance or files."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "rasura",
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("rasura")
