(module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32))) (memory (export "memory") 1)
  (func (export "on_message") (result i32) (call $exit (i32.const 7)) (i32.const 0)))
