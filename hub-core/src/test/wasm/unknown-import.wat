(module (import "env" "open_door" (func (param i32))) (memory (export "memory") 1)
  (func (export "on_message") (result i32) (i32.const 0)))
