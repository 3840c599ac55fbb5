;; Answers with two bytes that are no UTF-8.
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64))) (memory (export "memory") 1)
  (func (export "on_message") (result i32) (local $block i64)
    (local.set $block (call $alloc (i64.const 2)))
    (call $store (local.get $block) (i32.const 0xff))
    (call $store (i64.add (local.get $block) (i64.const 1)) (i32.const 0xfe))
    (call $output_set (local.get $block) (i64.const 2))
    (i32.const 0)))
