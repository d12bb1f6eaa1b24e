"""The field's own terms that a general dictionary lacks: English phrase → the Chinese words yearbooks use for it."""

from functools import lru_cache

TERMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sister city", ("友城", "友好城市", "缔结", "结好")),
    ("friendship city", ("友城", "友好城市")),
    ("twin city", ("友城", "友好城市", "结好")),
    ("anniversary", ("周年",)),
    ("letter", ("致信", "信函", "书信", "贺信")),
    ("write", ("致信",)),
    ("congratulatory letter", ("贺信",)),
    ("congratulate", ("祝贺", "庆祝", "贺信")),
    ("celebrate", ("庆祝", "纪念")),
    ("meet", ("会见", "会面")),
    ("meeting", ("会议", "会见", "会")),
    ("attend", ("出席", "参加")),
    ("video", ("视频", "线上")),
    ("online", ("线上", "网上")),
    ("firm", ("企业", "公司", "集团")),
    ("company", ("企业", "公司", "集团")),
    ("foreign firm", ("外资企业", "外企")),
    ("foreign company", ("外资企业", "外企")),
    ("foreign enterprise", ("外资企业", "外企")),
    ("executive", ("高管",)),
    ("chief executive", ("首席执行官", "总裁", "行政长官")),
    ("ceo", ("首席执行官", "总裁")),
    ("boss", ("总裁", "董事长", "负责人")),
    ("hong kong", ("香港", "京港", "港澳")),
    ("macao", ("澳门", "港澳")),
    ("macau", ("澳门", "港澳")),
    ("korea", ("韩国", "朝鲜")),
    ("supervise", ("主管", "监管", "监督")),
    ("oversee", ("主管", "监管", "监督")),
    ("belt and road", ("一带一路",)),
    ("traditional chinese medicine", ("中医", "中医药")),
    ("tcm", ("中医", "中医药")),
    ("renminbi", ("人民币",)),
    ("rmb", ("人民币",)),
    ("ciftis", ("服贸会", "服务贸易交易会")),
    ("trade in services", ("服务贸易", "服贸会")),
    ("multinational", ("跨国", "跨国企业", "跨国公司")),
    ("university", ("大学", "学院")),
    ("college", ("学院",)),
    ("theme", ("主题", "为题")),
    ("topic", ("主题", "议题", "为题")),
    ("young people", ("青年", "青少年", "年轻人")),
    ("youngster", ("青年", "青少年", "年轻人")),
    ("foreigner", ("外籍", "外籍人士", "外国人")),
    ("foreign national", ("外籍", "外籍人士")),
    ("envoy", ("使节", "大使")),
    ("diplomat", ("外交官", "使节")),
    ("embassy", ("使馆", "大使馆")),
    ("overseas", ("境外", "海外")),
    ("consular protection", ("领事保护", "领保")),
    ("vaccination", ("疫苗", "接种")),
    ("epidemic", ("疫情",)),
    ("pandemic", ("疫情",)),
    ("covid", ("新冠", "疫情")),
    ("coronavirus", ("新冠",)),
    ("donate", ("捐赠", "捐")),
    ("donation", ("捐赠", "捐")),
    ("mask", ("口罩",)),
    ("winter olympics", ("冬奥", "冬奥会")),
    ("olympic", ("冬奥", "奥运")),
    ("competition", ("大赛", "比赛")),
    ("contest", ("大赛", "比赛")),
    ("award", ("奖", "颁奖", "获奖")),
    ("foreign affairs office", ("外办", "市外办")),
    ("foreign language sign", ("外语", "标识")),
    ("sign", ("签署", "签约")),
    ("signage", ("标识",)),
    ("standard", ("标准",)),
    ("training", ("培训",)),
    ("training course", ("培训班", "培训")),
    ("drill", ("演练",)),
    ("inspection", ("巡查", "检查", "抽查")),
    ("hotline", ("热线",)),
    ("residence permit", ("居住证",)),
    ("business travel card", ("商务旅行卡",)),
    ("opening ceremony", ("开幕式",)),
    ("forum", ("论坛",)),
    ("symposium", ("座谈会", "研讨会")),
    ("press conference", ("发布会",)),
    ("hong kong and macao", ("港澳",)),
    ("compatriot", ("同胞",)),
    ("taiwan", ("台湾", "京台", "两岸")),
    ("cross strait", ("两岸", "京台", "台湾")),
    ("signed by", ("作者",)),
    ("chairman", ("主席", "董事长", "主任")),
    ("mayor", ("市长",)),
    ("vice mayor", ("副市长",)),
    ("deputy mayor", ("副市长",)),
    ("party secretary", ("市委书记", "书记")),
    ("ambassador", ("大使",)),
    ("eu", ("欧盟", "中欧")),
    ("un", ("联合国",)),
    ("central and eastern europe", ("中东欧",)),
    ("central and eastern european", ("中东欧",)),
    ("ceec", ("中东欧",)),
    ("cee", ("中东欧",)),
    ("expat", ("外籍", "外籍人士")),
    ("expatriate", ("外籍", "外籍人士")),
    ("interpreter", ("翻译",)),
    ("practise", ("演练",)),
    ("practice", ("演练",)),
    ("casualty", ("伤亡",)),
    ("injured", ("伤亡",)),
    ("killed", ("伤亡",)),
    ("treaty", ("条约",)),
    ("capital", ("首都",)),
    ("plenary meeting", ("全体会议",)),
    ("plenary session", ("全体会议",)),
    ("leading group", ("领导小组",)),
    ("work report", ("工作报告",)),
    ("regulation", ("条例", "规定")),
    ("chapters", ("章",)),
    ("article", ("条",)),
    ("batch", ("批",)),
    ("tree", ("植树", "树")),
    ("plant tree", ("植树",)),
    ("mission", ("使团", "使馆")),
    ("winner", ("获奖者", "获奖")),
    ("correspondence", ("信函", "书信", "往来")),
    ("congratulation", ("祝贺", "贺信", "贺词")),
    ("opening", ("开幕", "开幕式")),
    ("convention", ("大会",)),
    ("summit", ("峰会",)),
    ("implement", ("施行", "实施", "生效")),
    ("event", ("活动", "会", "项目", "赛事", "事件")),
    ("activity", ("活动",)),
    ("outreach", ("宣传", "走进")),
    ("alert", ("提醒", "预警")),
    ("account", ("账号", "官微", "公众号")),
    ("case", ("事件", "案件", "案例")),
    ("deal", ("处置", "办理", "处理")),
    ("handle", ("处置", "办理", "处理")),
    ("incident", ("事件", "事故")),
    ("slogan", ("口号", "主题")),
    ("motto", ("口号", "格言")),
    ("school place", ("学位",)),
    ("tip", ("线索",)),
    ("tip off", ("线索",)),
    ("complaint", ("投诉", "诉求")),
    ("trainee", ("学员",)),
    ("delegation", ("代表团",)),
    ("delegate", ("代表",)),
    ("signing ceremony", ("签约仪式",)),
    ("unveil", ("揭牌", "揭幕")),
    ("inaugurate", ("揭牌", "启动", "成立")),
    ("found", ("成立", "创办", "创立")),
    ("set up", ("成立", "设立")),
    ("establish", ("成立", "设立", "建立")),
    ("launch", ("启动", "推出", "上线", "发射")),
    ("roll out", ("推出",)),
    ("break ground", ("开工",)),
    ("groundbreaking", ("开工", "奠基")),
    ("complete", ("建成", "竣工", "完成", "完工")),
    ("put into use", ("投用", "投入使用")),
    ("put into operation", ("投运", "投产", "投入运营")),
    ("output", ("产量", "产值")),
    ("added value", ("增加值",)),
    ("year on year", ("比上年", "同比")),
    ("per capita", ("人均",)),
    ("household", ("户",)),
    ("pilot", ("试点",)),
    ("work plan", ("方案", "工作方案", "工作计划", "工作要点")),
    ("guideline", ("指导意见", "意见", "指南")),
    ("measure", ("措施", "举措")),
    ("livelihood", ("民生",)),
    ("grassroots", ("基层",)),
    ("seminar", ("研讨会", "座谈会")),
    ("workshop", ("研修班", "培训班")),
    ("award ceremony", ("颁奖",)),
    ("exhibition", ("展览", "展")),
    ("elderly", ("老年人", "老人")),
    ("disabled", ("残疾人",)),
    ("migrant worker", ("农民工",)),
    ("enrolment", ("招生",)),
    ("graduate", ("毕业生",)),
    ("clinic", ("卫生服务中心", "诊所", "门诊")),
    ("bed", ("床位",)),
    ("sewage", ("污水",)),
    ("waterworks", ("水厂", "自来水")),
    ("expressway", ("高速公路",)),
    ("metro", ("地铁", "轨道交通")),
    ("subway", ("地铁", "轨道交通")),
    ("poverty alleviation", ("脱贫", "扶贫")),
    ("rural revitalization", ("乡村振兴",)),
    ("relic", ("文物",)),
    ("asian games", ("亚运会",)),
    ("crack", ("破获",)),
    ("seize", ("查获", "缴获")),
    ("smuggle", ("走私",)),
    ("bust", ("破获", "捣毁")),
    ("convict", ("判处", "判刑")),
    ("sentence", ("判处", "有期徒刑")),
    ("verdict", ("宣判", "判决")),
    ("lawsuit", ("诉讼", "案件")),
    ("trial", ("审理", "庭审")),
    ("amend", ("修订", "修正", "修改")),
    ("bill", ("法案", "议案")),
    ("motion", ("议案", "建议")),
    ("proposal", ("提案", "建议")),
    ("audit", ("审计",)),
    ("rectify", ("整改",)),
    ("reshuffle", ("调整",)),
    ("merge", ("合并", "重组")),
    ("subsidy", ("补贴", "补助")),
    ("loan", ("贷款",)),
    ("go live", ("上线",)),
    ("went live", ("上线",)),
    ("uncover", ("发现", "查出", "查获")),
    ("public hearing", ("听证", "听证会")),
    ("chair", ("主持", "主席")),
    ("authority", ("部门", "机关", "机构")),
    ("department", ("部门", "局", "处")),
    ("deputy", ("代表", "副")),
    ("procuratorate", ("检察院", "检察机关")),
    ("honour", ("荣誉", "称号", "表彰")),
    ("corps", ("总队", "队伍")),
    ("world", ("世界", "全球")),
    ("global", ("全球", "世界")),
)


@lru_cache(maxsize=1)
def _alike() -> dict[str, tuple[str, ...]]:
    """Chinese word → words that the table gives for the same English phrase."""
    found: dict[str, dict[str, None]] = {}
    for _, words in TERMS:
        for word in words:
            found.setdefault(word, {}).update(dict.fromkeys(other for other in words if other != word))
    return {word: tuple(others) for word, others in found.items()}


def synonyms(word: str) -> tuple[str, ...]:
    """Words of the field that mean the same: 庆祝 and 纪念, 友城 and 结好."""
    return _alike().get(word, ())


OPPOSITES = frozenset(
    frozenset(pair)
    for pair in (
        "开闭 入出 增减 升降 进出 生死 始终 上下 男女 新旧 首末 早晚 内外 买卖 借还 收发 前后 大小 多少 高低".split()
    )
)
"""Characters that make opposites of two words: 开幕 and 闭幕 stand in the same contexts, and so near each other."""


@lru_cache(maxsize=4096)
def opposites(word: str) -> tuple[str, ...]:
    """What a word of two characters or more becomes when one of them is turned into its opposite: 闭幕 → 开幕."""
    if len(word) < 2:
        return ()
    swapped = (
        (place, next(iter(pair - {character})))
        for place, character in enumerate(word)
        for pair in OPPOSITES
        if character in pair
    )
    return tuple(word[:place] + other + word[place + 1 :] for place, other in swapped)


def opposed(word: str, other: str) -> bool:
    """Whether two words differ in one character only, and by an opposite one."""
    apart = [frozenset(pair) for pair in zip(word, other, strict=False) if pair[0] != pair[1]]
    return len(word) == len(other) and len(apart) == 1 and apart[0] in OPPOSITES


MEASURES = frozenset("章条批树")
"""Single characters that are looked up too, since a question counts by them."""
