;; One of several versions that differ in what they answer: always the text pass with the tag v1.
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "{\"action\":\"pass\",\"tags\":[\"v1\"]}")
  (func (export "on_message") (result i32) (local $block i64) (local $i i32)
    (local.set $block (call $alloc (i64.const 31)))
    (loop $next
      (call $store (i64.add (local.get $block) (i64.extend_i32_u (local.get $i))) (i32.load8_u (local.get $i)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 31))))
    (call $output_set (local.get $block) (i64.const 31))
    (i32.const 0)))
