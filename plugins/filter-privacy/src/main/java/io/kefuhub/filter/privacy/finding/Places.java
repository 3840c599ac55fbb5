package io.kefuhub.filter.privacy.finding;

/** The words that addresses are made of. Pure. */
final class Places {
    private static final String[] PROVINCES = {
        "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南",
                "广东",
        "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "台北", "新北", "台中", "台南", "高雄", "内蒙古", "广西", "西藏", "宁夏", "新疆",
                "香港",
        "澳门"
    };
    private static final String[] ROADS = {"大道", "胡同", "路", "街", "道", "巷", "弄", "村", "坊"};
    /** What ends like a road and is none. */
    private static final String[] NO_ROADS = {
        "走路", "上路", "迷路", "思路", "线路", "半路", "套路", "网路", "问路", "赶路", "带路", "引路", "顺路", "电路", "铁路", "马路", "逛街", "上街",
        "农村", "出路", "几路", "知道", "街道", "渠道", "通道", "频道", "管道", "味道", "报道", "难道"
    };
    /** What stands before an address as if it were its beginning. */
    private static final String[] NO_NAMES = {
        "改成", "改为", "换成", "换为", "变成", "更新", "修改", "位于", "发往", "配送", "派送", "快递", "收货", "麻烦", "地点", "目前", "现在"
    };

    private static final String[] COMPOUNDS = {
        "小区", "花园", "家园", "公寓", "大厦", "广场", "大楼", "新村", "园区", "校区", "宿舍", "中心", "公馆", "山庄", "新城", "名苑", "雅苑", "苑", "庭",
        "府", "湾", "居", "邸", "里", "城", "院", "园", "村", "厦", "轩", "阁", "座"
    };
    private static final String[] SURE_COMPOUNDS = {
        "小区", "花园", "家园", "公寓", "大厦", "广场", "大楼", "新村", "园区", "校区", "宿舍", "中心", "公馆", "山庄", "新城", "大学", "学院", "中学",
        "小学", "医院", "科创园", "科技园", "工业园", "产业园", "创业园", "软件园"
    };
    /** What neither stands in a name nor in the middle of an address. */
    private static final String STOPS = "到在是址寄送给往住我你您他她它的了请吗呢啊吧把叫就也还很要想来去这那哪";

    private static final String LEVELS = "省市区县镇乡道州旗盟路街村";
    private static final String SIDES = "东西南北中";
    private static final String NUMERALS = "零〇一二三四五六七八九十百";

    private Places() {}

    static boolean isStop(char sign) {
        return STOPS.indexOf(sign) >= 0;
    }

    /** Whether what stands before may be followed by a space or a comma within one address. */
    static boolean isLevel(char sign) {
        return LEVELS.indexOf(sign) >= 0;
    }

    static boolean isNumeral(char sign) {
        return NUMERALS.indexOf(sign) >= 0;
    }

    static boolean endsWithRoad(Folded text, int to) {
        if (isSection(text, to)) return true;
        for (var no : NO_ROADS) {
            if (text.endsWith(no, to)) return false;
        }
        for (var road : ROADS) {
            if (text.endsWith(road, to) && isName(text.at(to - road.length() - 1))) return true;
        }
        return false;
    }

    /** 中山北路二段, 建国路南段, 皇后大道中. */
    private static boolean isSection(Folded text, int to) {
        if (SIDES.indexOf(text.at(to - 1)) >= 0 && text.endsWith("大道", to - 1)) return true;
        if (text.at(to - 1) != '段') return false;
        var which = text.at(to - 2);
        var road = text.at(to - 3);
        return (isNumeral(which) || Folded.isDigit(which) || SIDES.indexOf(which) >= 0)
                && (road == '路' || road == '街' || road == '道');
    }

    private static boolean isName(char sign) {
        return (Folded.isHan(sign) && !isStop(sign)) || Folded.isDigit(sign);
    }

    /** Where a name begins that was said to begin here. */
    static int afterOtherWords(Folded text, int from) {
        for (var word : NO_NAMES) {
            if (text.has(word, from)) return afterOtherWords(text, from + word.length());
        }
        return from;
    }

    static boolean endsWithCompound(Folded text, int to) {
        return endsWith(text, to, COMPOUNDS);
    }

    static boolean endsWithSureCompound(Folded text, int to) {
        return endsWith(text, to, SURE_COMPOUNDS);
    }

    private static boolean endsWith(Folded text, int to, String[] words) {
        for (var word : words) {
            if (text.endsWith(word, to) && isName(text.at(to - word.length() - 1))) return true;
        }
        return false;
    }

    /** Where the first province or great city is named; -1 where none is. */
    static int province(Folded text, int from, int to) {
        for (var at = from; at < to; at++) {
            if (beginsProvince(text, at)) return at;
        }
        return -1;
    }

    static boolean beginsProvince(Folded text, int at) {
        for (var province : PROVINCES) {
            if (text.has(province, at)) return true;
        }
        return false;
    }
}
