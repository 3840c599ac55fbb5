;; Goes 2000 calls deep and comes back.
(module (memory (export "memory") 1)
  (func $deeper (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 0) (call $deeper (i32.sub (local.get 0) (i32.const 1)))))
      (else (i32.const 0))))
  (func (export "on_message") (result i32) (call $deeper (i32.const 2000))))
