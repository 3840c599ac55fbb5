package io.kefuhub.core.answering.knowledge;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The small vocabulary of asking that is the same in every shop: words that mean the same, and words that mean
 * nothing by themselves. Only pairs that may always be swapped stand here; what is alike in one shop only belongs
 * into the similar questions of an entry.
 */
final class Words {
    /** Chinese pieces that are read as another piece; an empty text means they are passed over. */
    static final Map<String, String> CHINESE = new HashMap<>();

    /** English words (their stems) that are read as another. */
    static final Map<String, String> ENGLISH = new HashMap<>();

    /** Words that ask; they count less where the customer leaves them out. */
    static final Set<String> ASKING = Set.of("怎么 什么 多久 哪里 多少 什么时候 为什么 谁出 how what where why who long".split(" "));

    /** English words without weight. */
    static final Set<String> EMPTY_ENGLISH =
            Set.of(("a an the is are am was were be been being do does did i me my mine we us our you"
                            + " your yours it its this that these those to for in on at of by with from and or so as if there here"
                            + " please can could would will shall should may might must have has had get got want need like some any"
                            + " just also about im id ive ill youre u ur pls plz hi hello hey thanks s t d ll ve re m let go going gonna"
                            + " one when still already yet really actually exactly possible available")
                    .split(" "));

    static final int LONGEST;

    static {
        same("怎么", "如何 怎样 咋样 咋 咋个 怎么弄 怎么办 咋办 怎么办理 怎么操作 怎么做 怎么搞 怎样才能 如何才能 怎么才能 该怎么 要怎么 步骤 方法");
        same("为什么", "为啥 为何 怎么会 干嘛");
        same("多久", "多长时间 多少天 几天 多少时间 多长 几日 多少日 要几天 要多久 需要多久 需要多长时间 时间多长");
        same("什么", "啥 哪些 哪几种 有哪些 什么样 哪种");
        same("什么时候", "何时 啥时候 几时 什么时间 啥时间");
        same("哪里", "哪儿 在哪 在哪里 在哪儿 什么地方 哪 去哪里 去哪 从哪里");
        same("多少", "多少钱 要多少 是多少 几块 几元 几块钱");
        same("运费", "邮费 快递费 配送费 邮寄费 运送费 快递费用 运输费 快递运费");
        same("配送", "送货 派送 寄送 运送");
        same("发货", "寄出 发出 出货 发快递");
        same("付款", "支付 付钱 付费 给钱 结账 买单");
        same("优惠券", "优惠卷 优惠劵 折扣券 代金券 抵用券 优惠码 折扣码");
        same("破损", "损坏 坏了 破了 碎了 坏掉 摔坏 压坏 破 碎");
        same("丢失", "丢了 弄丢 丢件 不见了");
        same("取消", "撤销 撤单 取消掉 退订");
        same("修改", "更改 变更 改 改一下 修改一下 改成");
        same("商品", "东西 产品 宝贝 货品 物品 货物");
        same("地址", "收货地址 收件地址 配送地址");
        same("手机号", "手机号码 电话号码 手机");
        same("工作时间", "营业时间 上班时间 服务时间 几点上班 几点下班 几点营业");
        same("没", "没有 未 还没 还没有 没能 尚未");
        same("不能", "不可以 不让 无法 没法");
        same("谁出", "谁承担 谁付 谁来出 谁负责 谁来付 谁来承担");
        same("快递", "物流 包裹 快件");
        same("便宜", "优惠点 少点 打折 打个折");
        same("会员", "vip 会员卡");
        same("查", "查看 查询 查一下");
        same("洗", "清洗 洗涤 水洗");
        same("礼物", "礼品");
        same("已", "已经");
        same("账号", "帐号 账户 帐户");
        same(
                "",
                "我 你 您 的 了 吗 呢 啊 吧 呀 哦 嘛 呗 啦 是 有 在 就 都 还 会 能 得 地 着 把 给 将 那 这 个 要 请 想 需 需要 应该 该 帮 店 里 吧 "
                        + "我们 你们 您们 咱们 咱 你家 您家 你们家 贵店 本店 我的 你的 一下 下 可以 能够 能否 可否 可以不 是否 是不是 能不能 可不可以 有没有 会不会 要不要 行不行 行 "
                        + "我想 我要 想要 一个 这个 那个 请问 咨询 知道 告诉 告诉我 帮我 帮忙 自己 现在 如果 的话 怎么说 一般 大概 能不能够 支持 申请 办理 好 用 得了 可 来 说 去 呢 跟 和 与 或 以及 被 让 才 再 又 也");
        // Pieces that hold an empty sign and must stay whole.
        for (var whole :
                ("功能 性能 智能 能量 目的 有效 有货 在线 地区 地板 地毯 地垫 产地 当地 实地 地方 场地 露营地 里程 要求 重要 个人 帮助 会员 会员日 社会 机会 还款 退还 归还 家具 家居 "
                                + "是非 好评 差评 好看 好用 用途 使用 用户 费用 用法 试用 专用 可靠 下单 下载 下架 上下 线下 以下 来源 原来 说明 说明书 想法 需求 目地 得到 着色 给予 店铺 实体店 门店 里面 请求 下午 店里 和服 跟踪 与众 再次 再见 也许 来自 未来 去年 都市 又名")
                        .split(" ")) {
            CHINESE.putIfAbsent(whole, whole);
        }
        LONGEST = CHINESE.keySet().stream().mapToInt(String::length).max().orElse(1);

        english("deliver", "shipping ship delivery shipment dispatch send sent");
        english("parcel", "package packet");
        english("buy", "purchase bought buying");
        english("exchange", "swap");
        english("change", "modify edit update amend alter");
        english("coupon", "voucher promo promotion discount");
        english("damaged", "damage broken broke cracked faulty defective smashed");
        english("item", "product good thing stuff something article merchandise");
        english("cost", "fee charge price much");
        english("phone", "telephone mobile cellphone");
        english("invoice", "receipt fapiao bill");
        english("pay", "payment paid");
        english(
                "not",
                "no cannot cant never without dont doesnt didnt isnt arent wasnt wont havent hasnt couldnt wouldnt shouldnt");
        english("delete", "close remove");
        english("lost", "lose losing missing");
        english("sign", "signin login log");
        english("what", "which");
        english("hour", "opening");
        english("account", "profile");
        english("gift", "present");
        english("wrap", "wrapping wrapped");
    }

    private Words() {}

    private static void same(String one, String others) {
        if (!one.isEmpty()) CHINESE.put(one, one);
        for (var other : others.split(" ")) CHINESE.putIfAbsent(other, one);
    }

    private static void english(String one, String others) {
        ENGLISH.put(Stem.of(one), one);
        for (var other : others.split(" ")) ENGLISH.put(Stem.of(other), one);
    }
}
