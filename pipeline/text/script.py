"""Traditional → simplified script."""

# The traditional forms of the characters that the forms' labels are written with.
_TRADITIONAL = str.maketrans(
    "規範製發廢現數許處罰強費業單萬億購採項內開總對務決計個維糾結訴訟複審關報舉條請無"
    "國級機構織會團續辦轉屬於類過執詢權護證應當為與從後經來還時間補編資減額獲確認據書"
    "繼繳納實際給電傳網線點財員專職設長門號訪諮聯種歷屆積圍違責樣閱覽議討論調徵損該僅"
    "檔體進並復營慮協區極統標題層變動術導監環準則併臨穩眾擬雜況組沒縣鎮鄉臺諸啟檢們鄰"
    "廳壓衛參備錄濟熱稱訓話讀錯問聞頁駁記",
    "规范制发废现数许处罚强费业单万亿购采项内开总对务决计个维纠结诉讼复审关报举条请无"
    "国级机构织会团续办转属于类过执询权护证应当为与从后经来还时间补编资减额获确认据书"
    "继缴纳实际给电传网线点财员专职设长门号访咨联种历届积围违责样阅览议讨论调征损该仅"
    "档体进并复营虑协区极统标题层变动术导监环准则并临稳众拟杂况组没县镇乡台诸启检们邻"
    "厅压卫参备录济热称训话读错问闻页驳记",
)


def simplified(text: str) -> str:
    """The forms' characters in simplified script; other words for 信息 and 项目 are undone."""
    return text.replace("資訊", "信息").replace("專案", "项目").translate(_TRADITIONAL)
