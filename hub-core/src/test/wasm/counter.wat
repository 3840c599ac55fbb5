;; Counts its calls in its own memory and answers with one digit.
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
  (memory (export "memory") 1)
  (func (export "on_message") (result i32) (local $block i64)
    (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
    (local.set $block (call $alloc (i64.const 1)))
    (call $store (local.get $block) (i32.add (i32.const 48) (i32.load (i32.const 0))))
    (call $output_set (local.get $block) (i64.const 1))
    (i32.const 0)))
