;; Writes what it is given to the log, 100000 times.
(module
  (import "extism:host/env" "input_offset" (func $input_offset (result i64)))
  (import "extism:host/env" "log_info" (func $log (param i64)))
  (memory (export "memory") 1)
  (func (export "on_message") (result i32) (local $i i32)
    (loop $more
      (call $log (call $input_offset))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100000))))
    (i32.const 0)))
