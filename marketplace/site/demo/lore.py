"""What is true of each commodity: its packing and keeping, its price to large buyers, and what is told "
"of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lore:
    """`bulk` are (from quantity, share of the first price); `least` and `step` in the sale unit.

    `weighed` goods are ordered in this unit, paid by the kilogram, with this tolerance in per cent.
    `stores`: goods that keep all year (dried, frozen, processed), so that they are on sale out of season.
    """

    told: tuple[tuple[str, str], ...]
    packing: tuple[str, str]
    keeping: tuple[str, str]
    bulk: tuple[tuple[int, float], ...] = ((50, 0.8), (300, 0.6))
    least: str = "1"
    step: str = "1"
    kg: str = ""
    vat: str = "KCT"
    stores: bool = False
    paper: str = ""
    grades: tuple[str, ...] = ("Loại 1", "Loại 2", "Hàng chọn")
    weighed: tuple[str, int] | None = None


GRADES_EN = {
    "Tỏi nhiều nhánh": "Many cloves",
    "Tỏi cô đơn": "Single clove",
    "29 độ": "29 % vol",
    "35 độ": "35 % vol",
    "1,6–2 kg/con": "1.6–2 kg each",
    "2–2,5 kg/con": "2–2.5 kg each",
    "Vẽ tay, men rạn": "Hand-painted, crackle glaze",
    "Da bò": "Cowhide",
}
"""Grades whose words are not among the usual ones."""

SACK = ("Bao lưới 10–20 kg", "Net sacks of 10–20 kg")
BASKET = ("Sọt nhựa 20 kg, lót lá", "Plastic crates of 20 kg, lined with leaves")
BOX = ("Thùng xốp 10 kg", "Foam boxes of 10 kg")
BAG = ("Túi 1 kg hoặc bao 25 kg", "Bags of 1 kg or sacks of 25 kg")
COOL = ("Để nơi mát, dùng trong 5–7 ngày.", "Keep cool and use within 5–7 days.")
DRY = ("Để nơi khô thoáng, dùng được 4–6 tháng.", "Keep dry and airy; good for 4–6 months.")
FRIDGE = ("Bọc giấy, để ngăn mát tủ lạnh 2–3 tuần.", "Wrap in paper and keep in the fridge for 2–3 weeks.")
FROZEN = ("Ngăn đá -18 °C, dùng trong 6 tháng.", "Freeze at -18 °C and use within 6 months.")
SEALED = ("Nơi khô, tránh nắng; hạn dùng in trên bao bì.", "Dry and out of the sun; the date is on the pack.")

CARROT = (
    (
        "Gieo đầu tháng 9 trên đất bãi, nhổ từ tháng Giêng. Củ đều, lõi nhỏ, giòn ngọt; nhổ buổi sáng, "
        "rửa rồi giao.",
        "Sown in September on river soil, pulled from January. Even roots with a small core, crisp and "
        "sweet.",
    ),
    (
        "Bà con ngừng phun ít nhất 30 ngày trước khi nhổ và ghi sổ từng ruộng. Củ nứt, củ sẹo để riêng.",
        "Nothing is sprayed in the last 30 days and every field has its diary. Cracked roots are set apart.",
    ),
    (
        "Cà rốt bãi ven sông, vỏ sáng, ăn sống cũng ngọt. Hợp cho bếp ăn và nhà làm mứt, ép nước.",
        "Riverbank carrots with a bright skin, sweet even raw. Good for kitchens, juice and candying.",
    ),
)
CABBAGE = (
    (
        "Bắp cuộn chặt, lá non xanh nhạt. Cắt lúc tan sương, bỏ lá già tại ruộng.",
        "Tight heads with pale young leaves, cut when the dew is gone and trimmed in the field.",
    ),
    (
        "Cải bắp vụ đông trồng luân canh sau lúa nên đất sạch bệnh. Trời càng lạnh bắp càng ngọt.",
        "Winter cabbage grown after rice, so the soil stays healthy. The colder it gets, the sweeter "
        "the heads.",
    ),
)
LYCHEE = (
    (
        "Vải hái từ mờ sáng, bẻ cả chùm, bỏ quả nứt, đóng thùng xốp với đá ngay tại vườn.",
        "Picked at dawn in whole bunches, sorted, and packed with ice in the orchard.",
    ),
    (
        "Vỏ đỏ hồng, cùi dày, hạt nhỏ. Mùa rất ngắn nên bà con nhận đặt trước từng ngày.",
        "Rosy skin, thick flesh, a small stone. The season is short, so orders are taken by the day.",
    ),
)
CLEAN_WATER = (
    "Nước sông chảy quanh năm nên thịt cá chắc. Bắt theo đơn, cân tại lồng, sục ô-xy khi chở.",
    "In the running river the fish grow firm. Caught to order, weighed at the cage and carried in "
    "aerated tanks.",
)

LORE: dict[str, Lore] = {
    "ca-rot-dong-lac": Lore(CARROT, SACK, FRIDGE, paper="vietgap"),
    "ca-rot-duc-chinh": Lore(CARROT, SACK, FRIDGE, paper="ocop4"),
    "ca-rot-nhan-hue": Lore(CARROT, SACK, FRIDGE, paper="ocop4"),
    "ca-rot-xuat-khau": Lore(
        (
            (
                "Rửa ô-zôn, làm lạnh nước, phân cỡ trên băng chuyền rồi đóng thùng 10 kg. Có giấy kiểm "
                "dư lượng theo lô.",
                "Washed with ozone, chilled, sized on the belt and packed in 10 kg cartons, with a "
                "residue test per lot.",
            ),
        ),
        ("Thùng giấy 10 kg", "Cartons of 10 kg"),
        ("Kho lạnh 0–2 °C, giữ được 2–3 tháng.", "Cold store at 0–2 °C; keeps 2–3 months."),
        bulk=((20, 0.85), (200, 0.7)),
        kg="10",
        paper="vietgap",
        grades=("Cỡ M 150–200 g", "Cỡ L 200–250 g", "Cỡ 2L 250–350 g"),
    ),
    "vai-thieu": Lore(LYCHEE, BOX, COOL, paper="vietgap"),
    "vai-u-hong": Lore(LYCHEE, BOX, COOL, paper="vietgap"),
    "vai-u-trung": Lore(LYCHEE, BOX, COOL, paper="globalgap"),
    "vai-queen": Lore(
        (
            (
                "Quả chọn từng chùm, cắt cuống, xếp hộp 1 kg làm quà. Đặt trước ít nhất hai ngày.",
                "Chosen bunch by bunch, trimmed and set in gift boxes of 1 kg. Please order two days ahead.",
            ),
        ),
        ("Hộp quà 1 kg", "Gift boxes of 1 kg"),
        COOL,
        bulk=((10, 0.92), (50, 0.85)),
        kg="1",
        paper="globalgap",
    ),
    "oi-thanh-ha": Lore(
        (
            (
                "Ổi Thanh Hà bao túi từng quả từ lúc nhỏ, không phải rửa phấn. Ruột trắng, giòn, thơm nhẹ.",
                "Each fruit is bagged while small, so it needs no washing off. White, crisp and lightly "
                "fragrant.",
            ),
            (
                "Vườn ổi cho quả quanh năm, ngon nhất khi trời se lạnh. Hái sáng, chiều có mặt ở Hải Phòng.",
                "The orchards bear all year and are best in cool weather. Picked in the morning, in Hải "
                "Phòng by evening.",
            ),
        ),
        BASKET,
        COOL,
        paper="vietgap",
        stores=True,
    ),
    "nhan-chi-linh": Lore(
        (
            (
                "Nhãn Chí Linh cùi dày, róc hạt, thơm mát. Bẻ cả chùm, tỉa lá, giao trong ngày.",
                "Thick, cool flesh that leaves the stone cleanly. Cut in bunches and delivered the same day.",
            ),
        ),
        BASKET,
        COOL,
        paper="collective_mark",
    ),
    "na-chi-linh": Lore(
        (
            (
                "Na trồng trên đồi Chí Linh, quả to mắt, nhiều cùi. Giao quả hơi cứng, để một hai ngày "
                "là chín.",
                "Grown on the hills of Chí Linh, fleshy with large eyes. Sent firm; ripe after a day or two.",
            ),
        ),
        BASKET,
        ("Để nơi thoáng cho chín dần, ăn trong 3 ngày.", "Let ripen in the open and eat within 3 days."),
        paper="collective_mark",
    ),
    "thanh-long": Lore(
        (
            (
                "Thanh long ruột đỏ trồng trên đồi Hoàng Hoa Thám, quả chín cây mới cắt nên ngọt đậm.",
                "Red dragon fruit from the hills of Hoàng Hoa Thám, cut only when ripe and deeply sweet.",
            ),
        ),
        BASKET,
        COOL,
        paper="ocop3",
    ),
    "cam-chi-linh": Lore(
        (
            (
                "Cam chín dần từ tháng 11 đến Tết. Vỏ mỏng, nhiều nước, vắt hay bổ ăn đều được.",
                "Oranges ripen from November to the New Year: thin skin, much juice, for pressing or eating.",
            ),
        ),
        BASKET,
        ("Để nơi mát 2–3 tuần.", "Keep cool for 2–3 weeks."),
    ),
    "buoi-dao": Lore(
        (
            (
                "Bưởi đào Thanh Hồng ruột hồng, tép ráo, chua nhẹ rồi ngọt. Để vài hôm cho xuống nước "
                "càng ngon.",
                "Pink pomelos with dry segments, tart then sweet. A few days of rest make them better still.",
            ),
        ),
        ("Sọt 20 quả", "Crates of 20"),
        ("Để nơi thoáng cả tháng.", "Keeps a month in the open."),
        bulk=((20, 0.8), (100, 0.65)),
        kg="1.2",
    ),
    "hanh-tuoi": Lore(
        (
            (
                "Hành củ Kinh Môn củ nhỏ, tía, thơm gắt. Nhổ xong bó chùm, hong ráo một nắng.",
                "Small purple bulbs with a sharp scent, tied in bunches and dried for one day in the sun.",
            ),
            (
                "Đất Kinh Môn trồng hành vụ đông đã mấy đời. Ngoài vụ, hợp tác xã bán hành trữ kho "
                "lạnh, vẫn chắc củ.",
                "Kinh Môn has grown winter shallots for generations. Out of season they come firm from "
                "the cold store.",
            ),
        ),
        SACK,
        DRY,
        paper="collective_mark",
    ),
    "hanh-kho": Lore(
        (
            (
                "Hành treo gác bếp và giàn thoáng cho khô vỏ. Củ chắc, phi lên thơm cả nhà.",
                "Hung on airy racks until the skin is dry: firm bulbs that fill the house when fried.",
            ),
            (
                "Hành khô chọn củ đều, cắt rễ, bỏ củ lép. Có quanh năm cho bếp ăn và nhà làm hành phi.",
                "Even bulbs, roots cut and light ones taken out. All year round for kitchens and fryers.",
            ),
        ),
        SACK,
        DRY,
        paper="collective_mark",
        stores=True,
    ),
    "toi": Lore(
        (
            (
                "Tỏi Kinh Môn tép chắc, cay thơm. Phơi khô cả củ, bện chùm hoặc đóng túi lưới.",
                "Firm, hot cloves, dried whole, plaited or packed in nets.",
            ),
        ),
        ("Túi lưới 1–5 kg", "Nets of 1–5 kg"),
        DRY,
        bulk=((20, 0.85), (100, 0.75)),
        paper="collective_mark",
        stores=True,
    ),
    "toi-den": Lore(
        (
            (
                "Tỏi ủ chậm nhiều tuần đến khi tép đen, dẻo và ngọt như mứt. Không thêm đường.",
                "Garlic kept warm for weeks until it turns black, soft and sweet as jam. No sugar is added.",
            ),
        ),
        ("Hộp 250 g", "Boxes of 250 g"),
        SEALED,
        bulk=((10, 0.9), (50, 0.8)),
        kg="0.25",
        vat="8",
        stores=True,
        paper="food_safety",
        grades=("Tỏi nhiều nhánh", "Tỏi cô đơn"),
    ),
    "nep-cai-hoa-vang": Lore(
        (
            (
                "Nếp cái hoa vàng gặt tháng 11, hạt tròn, đồ xôi dẻo và thơm lâu. Xay theo đơn để gạo "
                "còn mới.",
                "Cut in November: round grains, soft and long fragrant when steamed. Milled to order.",
            ),
            (
                "Giống lúa cao cây của Kinh Môn, một năm một vụ. Lúa để cả bông, phơi nắng nhẹ rồi mới tuốt.",
                "A tall rice of Kinh Môn that gives one crop a year, dried in the ear before it is threshed.",
            ),
        ),
        BAG,
        DRY,
        bulk=((25, 0.9), (200, 0.78)),
        paper="collective_mark",
        stores=True,
    ),
    "ruou-nep": Lore(
        (
            (
                "Rượu nấu từ nếp cái hoa vàng, ủ men lá, hạ thổ. Chỉ bán cho người từ 18 tuổi trở lên.",
                "Distilled from sticky rice with leaf yeast and rested in the ground. Sold to adults only.",
            ),
        ),
        ("Chai 500 ml", "Bottles of 500 ml"),
        SEALED,
        bulk=((12, 0.9), (60, 0.82)),
        vat="10",
        stores=True,
        paper="food_safety",
        grades=("29 độ", "35 độ"),
    ),
    "bot-san-day": Lore(
        (
            (
                "Củ sắn dây giã, lọc nhiều nước rồi phơi sấy. Bột trắng, tan hết, uống mát.",
                "Roots are crushed, washed through many waters and dried. White starch for a cooling drink.",
            ),
        ),
        ("Túi 500 g hoặc 1 kg", "Bags of 500 g or 1 kg"),
        SEALED,
        bulk=((10, 0.88), (50, 0.78)),
        stores=True,
        paper="ocop4",
    ),
    "cu-san-day": Lore(
        (
            (
                "Sắn dây đào cuối năm khi củ nhiều bột. Củ to, ít xơ, bán cho nhà làm bột và nấu ăn.",
                "Dug at the end of the year when the roots are full of starch; few fibres, for mills "
                "and kitchens.",
            ),
        ),
        SACK,
        COOL,
    ),
    "cu-dau": Lore(
        (
            (
                "Củ đậu Kim Thành trồng đất pha, củ tròn, vỏ mỏng, nhiều nước. Đào sáng, rửa rồi buộc chùm.",
                "Round, thin-skinned and juicy roots from light soil, dug in the morning and washed.",
            ),
        ),
        SACK,
        ("Để nơi mát 10 ngày.", "Keep cool for 10 days."),
    ),
    "cai-bap": Lore(CABBAGE, SACK, COOL, paper="ocop3"),
    "cai-bap-gia-loc": Lore(CABBAGE, SACK, COOL, paper="ocop3"),
    "su-hao": Lore(
        (
            (
                "Su hào non, vỏ xanh mỏng, giòn. Giao cả lá hoặc cắt lá theo ý người mua.",
                "Young kohlrabi, thin-skinned and crisp, with leaves or without as you wish.",
            ),
        ),
        ("Bó 10 củ", "Bundles of 10"),
        COOL,
        bulk=((100, 0.75), (500, 0.55)),
        least="5",
        step="5",
        kg="0.4",
    ),
    "sup-lo": Lore(
        (
            (
                "Súp lơ trắng hoa chặt, cắt cả lá bao để khỏi dập. Trời rét hoa càng ngọt.",
                "Tight white heads cut with their leaves so that nothing bruises. Cold makes them sweeter.",
            ),
        ),
        ("Sọt 20 cái", "Crates of 20"),
        COOL,
        bulk=((50, 0.8), (200, 0.65)),
        least="2",
        step="1",
        kg="0.8",
    ),
    "bi-xanh": Lore(
        (
            (
                "Bí xanh trồng giàn, quả thẳng, phấn trắng, ít hạt. Hai vụ mỗi năm.",
                "Grown on trellises: straight fruits with white bloom and few seeds, two crops a year.",
            ),
        ),
        SACK,
        ("Để nguyên quả nơi mát cả tháng.", "Whole fruits keep a month in the cool."),
        bulk=((100, 0.8), (500, 0.6)),
    ),
    "bi-do": Lore(
        (
            (
                "Bí đỏ hồ lô trồng trên đất cà rốt sau vụ xuân, ruột đặc, dẻo và bùi. Cắt cả cuống để giữ được lâu.",
                "Bottle-shaped pumpkins grown after the spring carrots: dense and tender. Cut with the stalk so that "
                "they keep.",
            ),
        ),
        SACK,
        ("Để nguyên quả nơi mát được hai tháng.", "Whole pumpkins keep two months in the cool."),
        bulk=((50, 0.87),),
        kg="2.5",
        stores=True,
        weighed=("qua", 5),
    ),
    "cai-kale": Lore(
        (
            (
                "Cải kale trồng nhà lưới, hái lá non mỗi sáng, đóng túi 300 g.",
                "Grown under nets; young leaves are picked each morning and packed in 300 g bags.",
            ),
        ),
        ("Túi 300 g", "Bags of 300 g"),
        COOL,
        bulk=((20, 0.9), (100, 0.8)),
        kg="0.3",
        paper="vietgap",
    ),
    "dua-luoi": Lore(
        (
            (
                "Dưa lưới trồng nhà màng, mỗi dây để một quả. Đo đủ độ ngọt mới cắt.",
                "Under cover, one fruit to a vine, cut only when sweet enough by the meter.",
            ),
        ),
        ("Thùng 6–8 quả, lót giấy", "Boxes of 6–8, lined with paper"),
        ("Để nơi mát 7 ngày.", "Keep cool for 7 days."),
        paper="ocop3",
        grades=("1,2–1,6 kg", "1,6–2 kg", "Ruột cam", "Ruột xanh"),
    ),
    "dua-hau": Lore(
        (
            (
                "Dưa hấu trồng chân ruộng cao, ruột đỏ, vỏ mỏng. Cắt cả cuống cho tươi lâu.",
                "From the higher fields: red flesh, thin rind, cut with the stem to stay fresh.",
            ),
        ),
        ("Để rời, lót rơm", "Loose on straw"),
        COOL,
        bulk=((100, 0.75), (1000, 0.5)),
        least="5",
    ),
    "hanh-la": Lore(
        (
            (
                "Hành lá nhổ chiều, rửa sạch, bó 1 kg, đi chợ đêm là tươi nguyên.",
                "Pulled in the afternoon, washed and bundled by the kilogram for the night market.",
            ),
        ),
        ("Bó 1 kg", "Bundles of 1 kg"),
        ("Ngăn mát 5 ngày.", "5 days in the fridge."),
        bulk=((20, 0.85), (100, 0.7)),
    ),
    "khoai-tay": Lore(
        (
            (
                "Khoai tây vụ đông, ruột vàng, bở và bùi. Dỡ ngày nắng, hong khô đất rồi chọn củ.",
                "Winter potatoes with yellow, mealy flesh, lifted on dry days and sorted by hand.",
            ),
        ),
        SACK,
        ("Để nơi tối, khô thoáng 1–2 tháng.", "Dark, dry and airy for 1–2 months."),
        bulk=((100, 0.75), (500, 0.55)),
    ),
    "ruoi": Lore(
        (
            (
                "Rươi vớt theo con nước đêm, rửa nhẹ, chở sống trong thùng xốp. Hết con nước là hết hàng.",
                "Netted on the night tide, rinsed and carried alive. When the tide is over, so is the sale.",
            ),
            (
                "Rươi cấp đông ngay tại bãi trong khay 500 g, giữ nguyên con cho nhà ở xa.",
                "Frozen at the flats in trays of 500 g for those who live far away.",
            ),
        ),
        ("Khay 500 g, thùng xốp", "Trays of 500 g in foam boxes"),
        FROZEN,
        bulk=((5, 0.95), (20, 0.88)),
        least="0.5",
        step="0.5",
    ),
    "cha-ruoi": Lore(
        (
            (
                "Rươi, thịt nạc, vỏ quýt và trứng, rán sẵn rồi cấp đông. Rã đông, rán lại hai phút là ăn.",
                "Ragworm, lean pork, tangerine peel and egg, fried and frozen. Thaw and fry for two minutes.",
            ),
        ),
        ("Khay 500 g hút chân không", "Vacuum trays of 500 g"),
        FROZEN,
        bulk=((5, 0.95), (20, 0.9)),
        least="0.5",
        step="0.5",
        vat="8",
        stores=True,
        paper="food_safety",
    ),
    "mam-cay": Lore(
        (
            (
                "Cáy ngoài bãi sông giã với muối, ủ chum vài tháng đến khi ngấu. Chấm rau khoai là hợp nhất.",
                "River-flat crabs pounded with salt and kept in jars for months. Best with boiled greens.",
            ),
        ),
        ("Chai 500 ml hoặc can 5 lít", "Bottles of 500 ml or cans of 5 l"),
        SEALED,
        bulk=((10, 0.9), (50, 0.8)),
        least="0.5",
        step="0.5",
        kg="1.1",
        stores=True,
    ),
    "gao-bai-ruoi": Lore(
        (
            (
                "Lúa cấy trên bãi rươi nên không dùng thuốc: có rươi là đất và nước sạch. Gạo ST25 dẻo, "
                "thơm.",
                "Rice from ragworm land cannot be sprayed: where ragworms live, soil and water are "
                "clean. Fragrant ST25.",
            ),
        ),
        BAG,
        DRY,
        bulk=((25, 0.92), (200, 0.85)),
        stores=True,
        paper="ocop3",
    ),
    "ca-long": Lore(
        (CLEAN_WATER,),
        ("Thùng nước sục ô-xy hoặc ướp đá", "Aerated tanks, or on ice"),
        ("Nấu trong ngày, hoặc ngăn đá 1 tháng.", "Cook the same day, or freeze for a month."),
        bulk=((50, 0.85), (300, 0.7)),
        least="2",
        stores=True,
    ),
    "ga-doi": Lore(
        (
            (
                "Gà thả đồi, ăn ngô thóc, chạy nhiều nên thịt chắc. Bắt sống hoặc làm sạch theo đơn.",
                "Hens that roam the hills on maize and rice, with firm meat. Sold live or dressed to order.",
            ),
            (
                "Gà nuôi trên bốn tháng mới bán. Mùa Tết xin đặt trước hai tuần.",
                "Kept for more than four months. For the New Year please order two weeks ahead.",
            ),
        ),
        ("Lồng 10–15 con, hoặc túi hút chân không", "Cages of 10–15, or vacuum packed"),
        ("Gà làm sạch: ngăn mát 2 ngày, ngăn đá 3 tháng.", "Dressed: fridge 2 days, freezer 3 months."),
        bulk=((20, 0.85), (100, 0.7)),
        least="2",
        stores=True,
        paper="collective_mark",
        grades=("1,6–2 kg/con", "2–2,5 kg/con"),
        kg="1.9",
        weighed=("con", 10),
    ),
    "trung-ga": Lore(
        (
            (
                "Trứng nhặt hai lần mỗi ngày, lau khô, soi đèn trước khi xếp vỉ.",
                "Collected twice a day, wiped dry and candled before they are packed.",
            ),
        ),
        ("Vỉ 30 quả", "Trays of 30"),
        ("Ngăn mát 4 tuần.", "4 weeks in the fridge."),
        bulk=((300, 0.8), (3000, 0.68)),
        least="30",
        step="30",
        kg="0.055",
        stores=True,
    ),
    "mat-ong": Lore(
        (
            (
                "Mật quay tháng 3 đến tháng 6 theo mùa hoa vải, hoa nhãn. Lọc thô, không nấu.",
                "Spun from March to June after the lychee and longan flowers. Strained, never heated.",
            ),
        ),
        ("Chai 1 lít", "Bottles of 1 litre"),
        SEALED,
        bulk=((10, 0.88), (50, 0.78)),
        kg="1.4",
        stores=True,
        paper="ocop3",
    ),
    "banh-dau-xanh": Lore(
        (
            (
                "Đậu xanh nguyên chất, vừa ngọt, gói giấy từng viên. Quà quen của người Hải Dương.",
                "Pure mung bean, mildly sweet, each piece in paper: the present people bring from Hải Dương.",
            ),
        ),
        ("Hộp 20 viên", "Boxes of 20"),
        SEALED,
        bulk=((20, 0.9), (100, 0.8)),
        kg="0.3",
        vat="8",
        stores=True,
        paper="food_safety",
        grades=("Truyền thống", "Ít đường", "Hộp quà"),
    ),
    "banh-gai": Lore(
        (
            (
                "Vỏ bánh từ lá gai và nếp, nhân đậu xanh, dừa, mứt bí. Gói lá chuối khô, hấp buổi sáng.",
                "Ramie leaf and sticky rice around mung bean, coconut and candied gourd, steamed each "
                "morning.",
            ),
        ),
        ("Chục 10 cái", "Tens"),
        ("Dùng trong 3 ngày, ngăn mát 7 ngày.", "3 days at room temperature, 7 in the fridge."),
        bulk=((50, 0.85), (300, 0.72)),
        least="10",
        step="10",
        kg="0.1",
        vat="8",
        stores=True,
        paper="ocop4",
    ),
    "banh-da": Lore(
        (
            (
                "Gạo xay nước, tráng mỏng, phơi phên tre. Nấu không nát, nước trong.",
                "Rice milled in water, spread thin and dried on bamboo. It keeps its bite and leaves "
                "the broth clear.",
            ),
        ),
        ("Gói 500 g", "Packets of 500 g"),
        SEALED,
        bulk=((20, 0.9), (100, 0.8)),
        kg="0.5",
        vat="8",
        stores=True,
        paper="ocop4",
    ),
    "gom-chu-dau": Lore(
        (
            (
                "Nặn và vẽ tay, men lam trên nền trắng ngà, nung lửa lớn. Mỗi cái một khác, giấy báo "
                "nứt vỡ đổi mới.",
                "Thrown and painted by hand in blue on ivory, no two alike. Anything broken on the way "
                "is replaced.",
            ),
        ),
        ("Hộp gỗ lót rơm", "Wooden box with straw"),
        ("Lau khăn mềm.", "Wipe with a soft cloth."),
        bulk=((5, 0.92), (20, 0.85)),
        vat="8",
        stores=True,
        grades=("Vẽ tay", "Vẽ tay, men rạn"),
    ),
    "giay-da": Lore(
        (
            (
                "Da bò thuộc, khâu tay phần gót, lót da lợn. Đặt cỡ 38–44, đổi cỡ trong 15 ngày.",
                "Cowhide with a hand-sewn heel and pigskin lining. Sizes 38–44, exchanged within 15 days.",
            ),
        ),
        ("Hộp giấy", "Cardboard box"),
        ("Đánh xi mỗi tháng, tránh nắng.", "Polish monthly and keep out of the sun."),
        bulk=((10, 0.9), (50, 0.8)),
        vat="8",
        stores=True,
        paper="ocop3",
        grades=("Da bò",),
    ),
}
