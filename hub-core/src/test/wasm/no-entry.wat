(module (memory (export "memory") 1) (func (export "count_vowels") (result i32) (i32.const 0)))
