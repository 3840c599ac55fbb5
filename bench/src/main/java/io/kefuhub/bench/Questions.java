package io.kefuhub.bench;

import java.util.List;

/** What customers ask. */
public final class Questions {
    /** Word for word and in other words; each has one answer in the demo shop's knowledge. */
    public static final List<String> ALL = List.of(
            "怎么退货？",
            "How do I return an item?",
            "退货运费谁出？",
            "How long does delivery take?",
            "怎么退货",
            "什么时候发货？",
            "how do i track my order",
            "退款多久到账？",
            "Do you ship abroad?",
            "怎么查物流？");

    private Questions() {}
}
