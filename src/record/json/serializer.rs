//! The [`Writer`] as `serde` sees it.
//!
//! Records go in value by value, JSON comes out. Names of fields and of variants are those
//! of our own structs and stand as they are; everything else is escaped.

use std::fmt::{self, Write as _};

use serde::Serialize;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::{Fault, Writer};

/// An array or an object that is being written.
pub(super) struct Open<'w, 'o> {
    writer: &'w mut Writer<'o>,
    is_first: bool,
    /// What closes it.
    end: &'static str,
}

impl<'w, 'o> Open<'w, 'o> {
    fn new(writer: &'w mut Writer<'o>, begin: &str, end: &'static str) -> Self {
        writer.text.push_str(begin);
        Self { writer, is_first: true, end }
    }

    /// One of an enum, which stands in an object under its name.
    fn variant(writer: &'w mut Writer<'o>, name: &str, begin: &str, end: &'static str) -> Self {
        writer.text.push('{');
        let mut open = Self { writer, is_first: true, end };
        open.name(name);
        open.writer.text.push_str(begin);
        open.is_first = true;
        open
    }

    fn comma(&mut self) {
        if !self.is_first {
            self.writer.text.push(',');
        }
        self.is_first = false;
    }

    /// The name of a field of ours.
    fn name(&mut self, name: &str) {
        self.comma();
        self.writer.name(name);
        self.writer.text.push(':');
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        value.serialize(&mut *self.writer)?;
        self.writer.settle()
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.comma();
        self.value(value)
    }

    fn close(self) {
        self.writer.text.push_str(self.end);
    }
}

/// Numbers.
macro_rules! numbers {
    ($($method:ident $type:ty),*) => {
        $(fn $method(self, number: $type) -> Result<(), Fault> {
            self.text.push_str(itoa::Buffer::new().format(number));
            Ok(())
        })*
    };
}

impl<'w, 'o> Serializer for &'w mut Writer<'o> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Open<'w, 'o>;
    type SerializeTuple = Open<'w, 'o>;
    type SerializeTupleStruct = Open<'w, 'o>;
    type SerializeTupleVariant = Open<'w, 'o>;
    type SerializeMap = Open<'w, 'o>;
    type SerializeStruct = Open<'w, 'o>;
    type SerializeStructVariant = Open<'w, 'o>;

    numbers!(
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    );

    fn serialize_bool(self, value: bool) -> Result<(), Fault> {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Result<(), Fault> {
        self.text.push_str(&serde_json::to_string(&number).map_err(Fault::custom)?);
        Ok(())
    }

    fn serialize_f64(self, number: f64) -> Result<(), Fault> {
        self.text.push_str(&serde_json::to_string(&number).map_err(Fault::custom)?);
        Ok(())
    }

    fn serialize_char(self, character: char) -> Result<(), Fault> {
        self.quote(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Fault> {
        self.quote(text)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), Fault> {
        self.text.push('"');
        let mut pieces = Pieces { writer: self, fault: None };
        if write!(pieces, "{value}").is_err() {
            let unsaid = || Fault::custom("a value could not be printed");
            return Err(pieces.fault.take().unwrap_or_else(unsaid));
        }
        self.text.push('"');
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Fault> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Fault> {
        self.name(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        let mut open = Open::variant(self, variant, "", "}");
        open.value(value)?;
        open.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'w, 'o>, Fault> {
        Ok(Open::new(self, "[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'w, 'o>, Fault> {
        Ok(Open::new(self, "[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'w, 'o>, Fault> {
        Ok(Open::new(self, "[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'w, 'o>, Fault> {
        Ok(Open::variant(self, variant, "[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'w, 'o>, Fault> {
        Ok(Open::new(self, "{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'w, 'o>, Fault> {
        Ok(Open::new(self, "{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'w, 'o>, Fault> {
        Ok(Open::variant(self, variant, "{", "}}"))
    }
}

/// A text that is printed piece by piece.
struct Pieces<'w, 'o> {
    writer: &'w mut Writer<'o>,
    /// Why it went no further.
    fault: Option<Fault>,
}

impl fmt::Write for Pieces<'_, '_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.writer.push(piece).and_then(|()| self.writer.settle()).map_err(|fault| {
            self.fault = Some(fault);
            fmt::Error
        })
    }
}

/// What holds its elements one after another.
macro_rules! lists {
    ($($list:ident $method:ident),*) => {
        $(impl $list for Open<'_, '_> {
            type Ok = ();
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                self.element(value)
            }

            fn end(self) -> Result<(), Fault> {
                self.close();
                Ok(())
            }
        })*
    };
}

lists!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

/// What holds its values under the names of fields.
macro_rules! structs {
    ($($struct:ident),*) => {
        $(impl $struct for Open<'_, '_> {
            type Ok = ();
            type Error = Fault;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Fault> {
                self.name(name);
                self.value(value)
            }

            fn end(self) -> Result<(), Fault> {
                self.close();
                Ok(())
            }
        })*
    };
}

structs!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Open<'_, '_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        self.comma();
        let begun = self.writer.text.len();
        key.serialize(&mut *self.writer)?;
        if self.writer.text.as_bytes().get(begun) != Some(&b'"') {
            return Err(Fault::custom("a key of an object is no text"));
        }
        self.writer.text.push(':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.value(value)
    }

    fn end(self) -> Result<(), Fault> {
        self.close();
        Ok(())
    }
}
