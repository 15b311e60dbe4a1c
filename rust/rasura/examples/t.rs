use rasura::view::View; use rasura::{Engine,Evidence}; use std::time::Instant;
fn main(){
  let e=Engine::shared();
  for n in std::env::args().skip(1){
    let t=std::fs::read_to_string(&n).unwrap();
    let lines:Vec<Vec<u8>>=t.lines().map(|l|l.chars().map(|c|if (c as u32)<256{c as u32 as u8}else{0xa6}).collect()).collect();
    let mut best=1e18f64; let mut c=0;
    for _ in 0..40 { let s=Instant::now(); c=0; for l in &lines { c+=e.cut(&View::latin1(l),&Evidence::NONE).len(); } best=best.min(s.elapsed().as_nanos() as f64); }
    println!("{n} {:.0} ns/text cuts {c}", best/lines.len() as f64);
  }
}
