(module (import "extism:host/env" "output_set" (func $output_set (param i64 i64))) (memory (export "memory") 1)
  (func (export "on_message") (result i32) (call $output_set (i64.const 123456789) (i64.const 100)) (i32.const 0)))
