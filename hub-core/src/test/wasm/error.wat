;; Says itself that it failed: the error's text is what it is given.
(module
  (import "extism:host/env" "input_offset" (func $input_offset (result i64)))
  (import "extism:host/env" "error_set" (func $error_set (param i64)))
  (memory (export "memory") 1)
  (func (export "on_message") (result i32) (call $error_set (call $input_offset)) (i32.const 1)))
