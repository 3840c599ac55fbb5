;; Computes for some 50 ms and passes: what a module may, again and again.
(module (memory (export "memory") 1)
  (func (export "on_message") (result i32) (local $left i32) (local $state i32)
    (local.set $left (i32.const 40000000))
    (loop $again
      (local.set $state (i32.add (i32.mul (local.get $state) (i32.const 1664525)) (i32.const 1013904223)))
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (i32.store (i32.const 0) (local.get $state))
    (i32.const 0)))
