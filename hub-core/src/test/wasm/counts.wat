;; Counts 100,000 rounds for each byte of its input, and passes: one loop that calls nothing, of a known number of rounds.
(module
  (import "extism:host/env" "input_length" (func $input_length (result i64)))
  (memory (export "memory") 1)
  (func (export "on_message") (result i32) (local $left i32) (local $state i32)
    (local.set $left (i32.mul (i32.wrap_i64 (call $input_length)) (i32.const 100000)))
    (loop $again
      (local.set $state (i32.add (i32.mul (local.get $state) (i32.const 1664525)) (i32.const 1013904223)))
      (br_if $again (i32.gt_s (local.tee $left (i32.sub (local.get $left) (i32.const 1))) (i32.const 0))))
    (i32.store (i32.const 0) (local.get $state))
    (i32.const 0)))
