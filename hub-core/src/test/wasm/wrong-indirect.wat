(module (memory (export "memory") 1) (type $t (func (result i64))) (table 1 funcref) (elem (i32.const 0) $g)
  (func $g (result i32) (i32.const 1))
  (func (export "on_message") (result i32) (drop (call_indirect (type $t) (i32.const 0))) (i32.const 0)))
