use rasura::view::View; use rasura::{Engine,Evidence}; use std::time::Instant;
fn main(){
  let e=Engine::shared();
  let mut sc=Vec::new();
  for n in std::env::args().skip(1){
    let t=std::fs::read_to_string(&n).unwrap();
    let sep=if n.ends_with(".rs"){'\x1e'}else{'\n'};
    let lines:Vec<Vec<u32>>=t.split(sep).filter(|l|!l.is_empty()).map(|l|l.chars().map(|c|c as u32).collect()).collect();
    let views:Vec<Vec<u8>>=lines.iter().map(|l|View::ucs4(l,&mut sc).bytes().to_vec()).collect();
    let mut best=1e18f64; let mut c=0;
    for _ in 0..30 { let s=Instant::now(); c=0; for l in &views { c+=e.cut(&View::latin1(l),&Evidence::NONE).len(); } best=best.min(s.elapsed().as_nanos() as f64); }
    println!("{n} {:.0} ns/text cuts {c}", best/lines.len() as f64);
  }
}
