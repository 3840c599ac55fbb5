;; Calls itself without end, and the hub at every depth.
(module
  (import "extism:host/env" "input_length" (func $input_length (result i64)))
  (memory (export "memory") 1)
  (func $deeper (param i64) (result i64) (i64.add (call $input_length) (call $deeper (i64.add (local.get 0) (i64.const 1)))))
  (func (export "on_message") (result i32) (i32.wrap_i64 (call $deeper (i64.const 1)))))
