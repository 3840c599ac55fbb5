;; Grows its table as far as it may and answers 0 only when it was stopped at 10000 entries.
(module (memory (export "memory") 1) (table $t 1 funcref)
  (func (export "on_message") (result i32)
    (block $full (loop $more (br_if $full (i32.eq (table.grow $t (ref.null func) (i32.const 1)) (i32.const -1))) (br $more)))
    (i32.sub (table.size $t) (i32.const 10000))))
