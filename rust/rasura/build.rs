//! Compiles every pack under `locales/` into static tables, so that nobody keeps a list and nothing is parsed at run
//! time. A mistake in a pack stops the build with file, line, reason and remedy.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("../../locales");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    for folder in fs::read_dir(&root)? {
        let folder = folder?.path();
        if folder.is_dir() {
            println!("cargo::rerun-if-changed={}", folder.display());
            for file in fs::read_dir(folder)? {
                files.push(file?.path());
            }
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let index = rasura_pack::Index::build(compile(&files)?);
    let out = Path::new(&std::env::var("OUT_DIR")?).join("packs.rs");
    let countries = root.join("countries.toml");
    println!("cargo::rerun-if-changed={}", countries.display());
    let text = fs::read_to_string(&countries)?;
    let countries = rasura_pack::country::to_source(&countries.to_string_lossy(), &text, "COUNTRIES")?;
    fs::write(out, index.to_source("BUILT_IN") + &countries)?;
    Ok(())
}

fn compile(files: &[PathBuf]) -> Result<Vec<rasura_pack::Pack>, Box<dyn Error>> {
    let mut packs = Vec::new();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let text = fs::read_to_string(file)?;
        let (pack, _) = rasura_pack::compile(&file.to_string_lossy(), &text)?;
        packs.push(pack);
    }
    Ok(packs)
}
