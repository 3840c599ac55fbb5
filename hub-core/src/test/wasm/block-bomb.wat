;; Asks for shared memory until there is none and answers 0 when it got less than 1 MiB.
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (memory (export "memory") 1)
  (func (export "on_message") (result i32) (local $kib i32)
    (block $full (loop $more
      (br_if $full (i64.eqz (call $alloc (i64.const 1024))))
      (local.set $kib (i32.add (local.get $kib) (i32.const 1)))
      (br $more)))
    (i32.gt_u (local.get $kib) (i32.const 1024))))
