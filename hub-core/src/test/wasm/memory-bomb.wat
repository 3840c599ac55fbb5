;; Grows its memory as far as it may, fills it and answers 0 only when it was stopped from growing at 64 pages.
(module (memory (export "memory") 1)
  (func (export "on_message") (result i32)
    (block $full (loop $more (br_if $full (i32.eq (memory.grow (i32.const 1)) (i32.const -1))) (br $more)))
    (memory.fill (i32.const 0) (i32.const 7) (i32.mul (memory.size) (i32.const 65536)))
    (i32.sub (memory.size) (i32.const 64))))
