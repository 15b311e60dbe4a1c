//! What a member's key says of its neighbours: `numero` and `value` hold what another member, or the key around their object,
//! gives the name of; `tipo` and `type` give it.

use crate::view::class::{FOLD, LETTER, UPPER, is};

/// What a key is to the other members of its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Its value has no name of its own.
    Value,
    /// Its value may be the name of another's.
    Name,
    Neither,
}

/// A longer key says enough for itself.
const LONGEST: usize = 40;

/// The role of a key: `documentNumber`, `numero_documento`, `tipo`.
pub(super) fn role(key: &[u8]) -> Role {
    if key.len() > LONGEST || !may_have(key) {
        return Role::Neither;
    }
    let mut role = Role::Neither;
    let mut start = 0;
    while start < key.len() {
        let end = word_end(key, start);
        let mut folded = [0; 16];
        let word = &key[start..end];
        if let Some(folded) = folded.get_mut(..word.len()) {
            for (to, &byte) in folded.iter_mut().zip(word) {
                *to = FOLD[usize::from(byte)];
            }
            match &*folded {
                b"tipo" | b"type" | b"kind" | b"clase" | b"classe" | b"class" | b"name" | b"nome" | b"nombre"
                | b"label" | b"rotulo" | b"etiqueta" | b"campo" | b"field" | b"key" | b"chave" | b"clave"
                | b"scheme" | b"system" | b"sistema" | b"categoria" | b"category" => return Role::Name,
                b"numero" | b"number" | b"num" | b"nro" | b"nr" | b"valor" | b"value" | b"val" | b"documento"
                | b"document" | b"doc" | b"codigo" | b"code" | b"dado" | b"conteudo" | b"contenido"
                | b"identificador" | b"identifier" | b"identificacao" | b"identificacion" => role = Role::Value,
                _ => {}
            }
        }
        start = end.max(start + 1);
    }
    role
}

/// Whether any of those words may be there: most keys hold none of the pairs that they begin with.
fn may_have(key: &[u8]) -> bool {
    let pair = |pair: &[u8]| {
        let pair = [FOLD[usize::from(pair[0])], FOLD[usize::from(pair[1])]];
        matches!(
            &pair,
            b"ti" | b"ty" | b"ki" | b"cl" | b"na" | b"no" | b"la" | b"ro" | b"et" | b"ca" | b"fi" | b"ke" | b"ch"
        ) || matches!(&pair, b"sc" | b"sy" | b"si" | b"nu" | b"nr" | b"va" | b"do" | b"co" | b"da" | b"id")
    };
    key.windows(2).any(pair)
}

/// Where the word ends that begins at `start`: before a capital, or with the letters. What is no letter is a word by itself.
fn word_end(key: &[u8], start: usize) -> usize {
    let goes_on = |&&byte: &&u8| is(byte, LETTER) && !is(byte, UPPER);
    let capitals = key[start..].iter().take_while(|&&byte| is(byte, UPPER)).count();
    let small = key[start + capitals..].iter().take_while(goes_on).count();
    match (capitals, small) {
        (0, small) => start + small,
        (capitals, 0) => start + capitals,
        (1, small) => start + 1 + small,
        // `CPFNumero`: the last capital begins a word.
        (capitals, _) => start + capitals - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, role};

    #[test]
    fn keys_are_read_word_by_word() {
        let latin1 = |key: &str| key.chars().map(|c| c as u8).collect::<Vec<u8>>();
        for key in ["numero", "número", "NUMERO", "documentNumber", "numero_documento", "CPFNumero", "value", "código"]
        {
            assert_eq!(role(&latin1(key)), Role::Value, "{key}");
        }
        for key in ["tipo", "type", "documentType", "tipo_documento", "tipoDocumento", "name", "TIPO", "field"] {
            assert_eq!(role(&latin1(key)), Role::Name, "{key}");
        }
        for key in ["", "cpf", "id", "x", "_", "created", "valores", "typed", "numeros", &"numero ".repeat(9)] {
            assert_eq!(role(&latin1(key)), Role::Neither, "{key}");
        }
    }
}
