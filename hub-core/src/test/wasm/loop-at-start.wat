;; Its start function never ends.
(module (memory (export "memory") 1)
  (func $start (loop $again (br $again)))
  (start $start)
  (func (export "on_message") (result i32) (i32.const 0)))
