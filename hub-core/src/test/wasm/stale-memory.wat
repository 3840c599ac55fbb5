;; Answers 0 only when the shared memory it is given is empty, whatever was in it before; leaves 100 bytes in it.
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "load_u8" (func $load (param i64) (result i32)))
  (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
  (memory (export "memory") 1)
  (func (export "on_message") (result i32) (local $block i64) (local $i i64) (local $seen i32)
    (local.set $block (call $alloc (i64.const 100)))
    (loop $more
      (local.set $seen (i32.or (local.get $seen) (call $load (i64.add (local.get $block) (local.get $i)))))
      (call $store (i64.add (local.get $block) (local.get $i)) (i32.const 1))
      (br_if $more (i64.lt_u (local.tee $i (i64.add (local.get $i) (i64.const 1))) (i64.const 100))))
    (local.get $seen)))
