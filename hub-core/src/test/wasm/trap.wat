(module (memory (export "memory") 1) (func (export "on_message") (result i32) unreachable))
