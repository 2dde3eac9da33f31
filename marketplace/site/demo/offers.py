"""What is on sale: commodity -> (seller, name, English name, price of one unit, stock in season).

Prices lie inside the ranges seen in Hải Dương's markets. A stock after "cold" is there in every month: kept in a
cold store or cut early under cover, and the product's story says so.
"""

from __future__ import annotations

OFFERS: dict[str, list[tuple[str, str, str, int, str]]] = {
    "ca-rot-dong-lac": [
        ("dong-lac", "Cà rốt Đồng Lạc", "Đồng Lạc carrots", 16000, "cold 3000"),
        ("dong-lac", "Cà rốt baby Đồng Lạc", "Đồng Lạc baby carrots", 20000, "400"),
        ("dong-lac", "Cà rốt ép nước Đồng Lạc", "Đồng Lạc juicing carrots", 12000, "cold 2500"),
        ("tan-dan", "Cà rốt Tân Dân", "Tân Dân carrots", 14000, "1800"),
        ("an-lac", "Cà rốt bãi An Lạc", "An Lạc river carrots", 13500, "2200"),
        ("tan-minh-duc", "Cà rốt Tân Minh Đức", "Tân Minh Đức carrots", 15000, "cold 1500"),
    ],
    "ca-rot-duc-chinh": [
        ("duc-chinh", "Cà rốt Đức Chính", "Đức Chính carrots", 14000, "cold 12000"),
        ("duc-chinh", "Cà rốt Đức Chính cỡ L", "Đức Chính carrots, size L", 17000, "6000"),
        ("cam-van", "Cà rốt Cẩm Văn", "Cẩm Văn carrots", 13000, "3500"),
        ("cam-vu", "Cà rốt Cẩm Vũ", "Cẩm Vũ carrots", 13000, "2600"),
        ("thai-tan", "Cà rốt Thái Tân", "Thái Tân carrots", 12500, "2800"),
    ],
    "ca-rot-nhan-hue": [
        ("nhan-hue", "Cà rốt tươi Nhân Huệ", "Nhân Huệ fresh carrots", 18000, "4000"),
        ("co-thanh", "Cà rốt Cổ Thành", "Cổ Thành carrots", 15000, "1500"),
        ("minh-tan", "Cà rốt Minh Tân", "Minh Tân carrots", 15000, "1700"),
    ],
    "ca-rot-xuat-khau": [
        (
            "hoang-nam-phat",
            "Cà rốt xuất khẩu thùng 10 kg",
            "Export carrots, 10 kg cartons",
            120000,
            "cold 900",
        ),
        ("duc-chinh", "Cà rốt Đức Chính thùng 10 kg", "Đức Chính carrots, 10 kg cartons", 110000, "1200"),
        ("tan-minh-duc", "Cà rốt Tân Minh Đức thùng 10 kg", "Tân Minh Đức carrots, cartons", 105000, "500"),
    ],
    "vai-thieu": [
        ("thanh-son", "Vải thiều Thanh Sơn", "Thanh Sơn lychees", 55000, "6000"),
        ("thanh-quang", "Vải thiều Thanh Quang", "Thanh Quang lychees", 48000, "5000"),
        ("thanh-tan", "Vải thiều Thanh Tân", "Thanh Tân lychees", 50000, "4200"),
        ("lien-mac", "Vải thiều Liên Mạc", "Liên Mạc lychees", 45000, "2500"),
    ],
    "vai-u-hong": [
        ("thanh-son", "Vải u hồng Thanh Sơn", "Thanh Sơn u hồng lychees", 65000, "1800"),
        ("thanh-quang", "Vải u hồng Thanh Quang", "Thanh Quang u hồng lychees", 60000, "1500"),
        ("thanh-xuan", "Vải u hồng Thanh Xuân", "Thanh Xuân u hồng lychees", 58000, "1200"),
    ],
    "vai-u-trung": [
        ("thanh-tan", "Vải u trứng Thanh Tân", "Thanh Tân u trứng lychees", 90000, "700"),
        ("thanh-son", "Vải trứng trắng Thanh Sơn", "Thanh Sơn white-egg lychees", 95000, "500"),
    ],
    "vai-queen": [
        ("thanh-son", "Hộp vải tươi Thanh Sơn", "Thanh Sơn lychee gift box", 120000, "400"),
        ("thanh-quang", "Hộp vải tươi Thanh Quang", "Thanh Quang lychee gift box", 110000, "300"),
    ],
    "oi-thanh-ha": [
        ("lien-mac", "Ổi Liên Mạc", "Liên Mạc guavas", 28000, "1400"),
        ("thanh-xuan", "Ổi Thanh Xuân", "Thanh Xuân guavas", 27000, "1100"),
        ("an-phuong", "Ổi An Phượng", "An Phượng guavas", 26000, "1600"),
        ("an-phuong", "Ổi bao túi An Phượng, quả lớn", "An Phượng bagged guavas, large", 30000, "600"),
        ("thanh-tan", "Ổi Thanh Tân", "Thanh Tân guavas", 25000, "900"),
    ],
    "nhan-chi-linh": [
        ("hoang-tan", "Nhãn Hoàng Tân", "Hoàng Tân longans", 30000, "3500"),
        ("hoang-tien", "Nhãn Hoàng Tiến", "Hoàng Tiến longans", 28000, "2600"),
        ("ben-tam", "Nhãn muộn Bến Tắm", "Bến Tắm late longans", 34000, "900"),
    ],
    "na-chi-linh": [
        ("hoang-tien", "Na dai Hoàng Tiến", "Hoàng Tiến custard apples", 70000, "1500"),
        ("ben-tam", "Na Bến Tắm", "Bến Tắm custard apples", 60000, "1200"),
        ("hoang-tan", "Na Hoàng Tân", "Hoàng Tân custard apples", 62000, "700"),
    ],
    "thanh-long": [
        (
            "hoang-hoa-tham",
            "Thanh long ruột đỏ Hoàng Hoa Thám",
            "Hoàng Hoa Thám red dragon fruit",
            35000,
            "1800",
        ),
        ("hoang-hoa-tham", "Thanh long quả nhỏ", "Small dragon fruit", 26000, "700"),
        ("ben-tam", "Thanh long ruột đỏ Bến Tắm", "Bến Tắm red dragon fruit", 32000, "600"),
    ],
    "cam-chi-linh": [
        ("le-loi", "Cam Lê Lợi", "Lê Lợi oranges", 35000, "1500"),
        ("ben-tam", "Cam Bến Tắm", "Bến Tắm oranges", 32000, "1100"),
        ("bac-an", "Cam vườn đồi Bắc An", "Bắc An hill oranges", 38000, "800"),
    ],
    "buoi-dao": [
        ("thanh-hong", "Bưởi đào Thanh Hồng", "Thanh Hồng pink pomelos", 35000, "2500"),
        ("thanh-hong", "Bưởi đào Thanh Hồng, quả nhỏ", "Thanh Hồng pomelos, small", 25000, "1800"),
        ("thanh-quang", "Bưởi Thanh Quang", "Thanh Quang pomelos", 30000, "600"),
    ],
    "hanh-tuoi": [
        ("thang-long", "Hành củ Kinh Môn", "Kinh Môn shallots", 28000, "cold 3200"),
        ("quang-thanh", "Hành củ tươi Quang Thành", "Quang Thành fresh shallots", 27000, "2600"),
        ("lac-long", "Hành củ tươi Lạc Long", "Lạc Long fresh shallots", 26000, "cold 1800"),
        ("hiep-hoa", "Hành củ tươi Hiệp Hòa", "Hiệp Hòa fresh shallots", 27500, "2000"),
    ],
    "hanh-kho": [
        ("thang-long", "Hành khô Thăng Long", "Thăng Long dried shallots", 60000, "2400"),
        ("quang-thanh", "Hành khô Quang Thành", "Quang Thành dried shallots", 58000, "1900"),
        ("lac-long", "Hành khô Lạc Long", "Lạc Long dried shallots", 56000, "1500"),
        ("hien-thanh", "Hành khô Hiến Thành", "Hiến Thành dried shallots", 65000, "1200"),
        ("lien-hiep", "Hành khô Kinh Môn bao 20 kg", "Kinh Môn dried shallots in 20 kg sacks", 52000, "6000"),
    ],
    "toi": [
        ("le-ninh", "Tỏi khô Lê Ninh", "Lê Ninh dried garlic", 95000, "900"),
        ("hien-thanh", "Tỏi khô Hiến Thành", "Hiến Thành dried garlic", 90000, "1100"),
        ("quang-thanh", "Tỏi Kinh Môn bện chùm", "Kinh Môn garlic in plaits", 110000, "400"),
    ],
    "toi-den": [
        ("che-bien-kinh-mon", "Tỏi đen nhiều nhánh", "Black garlic, whole heads", 180000, "300"),
        ("che-bien-kinh-mon", "Tỏi đen cô đơn", "Black garlic, single cloves", 260000, "120"),
    ],
    "nep-cai-hoa-vang": [
        ("an-phu", "Gạo nếp cái hoa vàng An Phụ", "An Phụ cái hoa vàng sticky rice", 45000, "2000"),
        (
            "long-xuyen",
            "Gạo nếp cái hoa vàng Long Xuyên",
            "Long Xuyên cái hoa vàng sticky rice",
            43000,
            "2600",
        ),
        ("hiep-hoa", "Gạo nếp Hiệp Hòa", "Hiệp Hòa sticky rice", 42000, "1400"),
        ("kien-phuc", "Gạo nếp Kiến Phúc", "Kiến Phúc sticky rice", 41000, "1600"),
    ],
    "ruou-nep": [
        ("che-bien-kinh-mon", "Rượu nếp cái hoa vàng", "Cái hoa vàng sticky rice spirit", 150000, "240"),
        ("che-bien-kinh-mon", "Rượu nếp hạ thổ", "Rested sticky rice spirit", 250000, "90"),
    ],
    "bot-san-day": [
        ("thanh-nhan", "Bột sắn dây Thành Nhàn", "Thành Nhàn kudzu starch", 180000, "600"),
        ("thanh-nhan", "Bột sắn dây ướp hoa bưởi", "Kudzu starch with pomelo flower", 210000, "150"),
        ("thanh-lang", "Bột sắn dây Thanh Lang", "Thanh Lang kudzu starch", 160000, "260"),
    ],
    "cu-san-day": [
        ("thanh-lang", "Sắn dây củ Thanh Lang", "Thanh Lang kudzu roots", 22000, "1500"),
        ("thanh-nhan", "Sắn dây củ Thượng Quận", "Thượng Quận kudzu roots", 24000, "900"),
    ],
    "cu-dau": [
        ("kim-anh", "Củ đậu Kim Anh", "Kim Anh jicama", 14000, "3000"),
        ("kim-lien", "Củ đậu Kim Liên", "Kim Liên jicama", 13500, "2400"),
        ("dong-cam", "Củ đậu Đồng Cẩm", "Đồng Cẩm jicama", 13000, "2800"),
    ],
    "cai-bap": [
        ("hoang-dieu", "Cải bắp Hoàng Diệu", "Hoàng Diệu cabbage", 9000, "4500"),
        ("hoang-dieu", "Cải bắp tím Hoàng Diệu", "Hoàng Diệu red cabbage", 14000, "600"),
        ("toan-thang", "Cải bắp Toàn Thắng", "Toàn Thắng cabbage", 8500, "3000"),
    ],
    "cai-bap-gia-loc": [
        ("tan-tien", "Cải bắp Tân Tiến", "Tân Tiến cabbage", 8500, "2600"),
        ("gia-tan", "Cải bắp Gia Tân", "Gia Tân cabbage", 8500, "2200"),
        ("hong-hung", "Cải bắp Hồng Hưng", "Hồng Hưng cabbage", 8000, "1700"),
    ],
    "su-hao": [
        ("hong-hung", "Su hào Hồng Hưng", "Hồng Hưng kohlrabi", 6000, "4000"),
        ("gia-tan", "Su hào Gia Tân", "Gia Tân kohlrabi", 6000, "3000"),
        ("hoang-dieu", "Su hào Hoàng Diệu", "Hoàng Diệu kohlrabi", 6500, "2000"),
        ("hiep-cat", "Su hào Hiệp Cát", "Hiệp Cát kohlrabi", 5500, "2500"),
        ("an-lam", "Su hào An Lâm", "An Lâm kohlrabi", 5500, "1500"),
    ],
    "sup-lo": [
        ("ngoc-son", "Súp lơ trắng Ngọc Sơn", "Ngọc Sơn cauliflower", 14000, "1700"),
        ("hiep-cat", "Súp lơ Hiệp Cát", "Hiệp Cát cauliflower", 12500, "800"),
        ("ngoc-son", "Súp lơ xanh Ngọc Sơn", "Ngọc Sơn broccoli", 17000, "900"),
        ("toan-thang", "Súp lơ Toàn Thắng", "Toàn Thắng cauliflower", 13000, "1200"),
    ],
    "bi-xanh": [
        ("nhat-quang", "Bí xanh Nhật Quang", "Nhật Quang winter melons", 18000, "2500"),
        ("hong-phong", "Bí xanh Hồng Phong", "Hồng Phong winter melons", 17000, "1800"),
        ("kien-phuc", "Bí xanh Kiến Phúc", "Kiến Phúc winter melons", 16000, "1500"),
    ],
    "cai-kale": [
        ("pham-tran", "Cải kale Phạm Trấn", "Phạm Trấn kale", 40000, "300"),
        ("pham-tran", "Cải kale tím Phạm Trấn", "Phạm Trấn purple kale", 45000, "160"),
    ],
    "dua-luoi": [
        ("tan-minh-duc", "Dưa lưới Tân Minh Đức", "Tân Minh Đức cantaloupe", 50000, "1800"),
        ("tan-minh-duc", "Dưa thơm Tân Minh Đức", "Tân Minh Đức muskmelon", 42000, "900"),
        ("pham-tran", "Dưa lưới Phạm Trấn", "Phạm Trấn cantaloupe", 45000, "700"),
    ],
    "dua-hau": [
        ("dai-son", "Dưa hấu Đại Sơn", "Đại Sơn watermelons", 12000, "6000"),
        ("nhat-quang", "Dưa hấu Nhật Quang", "Nhật Quang watermelons", 11000, "3500"),
    ],
    "hanh-la": [
        ("hop-tien", "Hành lá Hợp Tiến", "Hợp Tiến spring onions", 30000, "700"),
        ("quoc-tuan", "Hành lá Quốc Tuấn", "Quốc Tuấn spring onions", 28000, "600"),
        (
            "dong-lac-nam-sach",
            "Hành lá Đồng Lạc (Nam Sách)",
            "Đồng Lạc (Nam Sách) spring onions",
            29000,
            "500",
        ),
        ("an-lam", "Hành lá An Lâm", "An Lâm spring onions", 27000, "450"),
    ],
    "khoai-tay": [
        ("bach-dang", "Khoai tây Bạch Đằng", "Bạch Đằng potatoes", 17000, "4000"),
        ("hung-thang", "Khoai tây Hùng Thắng", "Hùng Thắng potatoes", 16000, "3200"),
        ("hop-tien", "Khoai tây Hợp Tiến", "Hợp Tiến potatoes", 16000, "1500"),
    ],
    "ruoi": [
        ("an-thanh", "Rươi tươi An Thanh", "An Thanh live ragworms", 550000, "180"),
        ("an-thanh", "Rươi An Thanh cấp đông", "An Thanh frozen ragworms", 480000, "cold 260"),
        ("quang-trung", "Rươi Quang Trung", "Quang Trung ragworms", 520000, "120"),
    ],
    "cha-ruoi": [
        ("minh-duc", "Chả rươi Minh Đức", "Minh Đức ragworm patties", 520000, "150"),
        ("minh-duc", "Chả rươi lá lốt Minh Đức", "Ragworm patties in betel leaf", 550000, "80"),
        ("an-thanh", "Chả rươi An Thanh", "An Thanh ragworm patties", 500000, "110"),
    ],
    "mam-cay": [
        ("tht-cay-ha-thanh", "Mắm cáy Hà Thanh", "Hà Thanh crab sauce", 110000, "320"),
        ("nguyen-giap", "Mắm cáy Nguyên Giáp", "Nguyên Giáp crab sauce", 100000, "280"),
    ],
    "gao-bai-ruoi": [
        ("an-thanh", "Gạo bãi rươi An Thanh ST25", "An Thanh ragworm-field rice ST25", 50000, "1500"),
        ("lien-hiep", "Gạo bãi rươi gom chuyến", "Ragworm-field rice by the truck", 44000, "5000"),
        ("chi-minh", "Gạo bãi rươi Chí Minh", "Chí Minh ragworm-field rice", 46000, "1300"),
        ("quang-trung", "Gạo bãi rươi Quang Trung", "Quang Trung ragworm-field rice", 45000, "900"),
    ],
    "ca-long": [
        ("nam-tan", "Cá trắm lồng Nam Tân", "Nam Tân cage grass carp", 95000, "2500"),
        ("nam-tan", "Cá chép giòn Nam Tân", "Nam Tân crisp carp", 160000, "800"),
        ("nam-hung", "Cá lăng Nam Hưng", "Nam Hưng catfish", 130000, "1200"),
        ("nam-hung", "Cá diêu hồng Nam Hưng", "Nam Hưng red tilapia", 75000, "1900"),
        ("tht-ca-hop-tien", "Cá rô phi Hợp Tiến", "Hợp Tiến tilapia", 60000, "1500"),
        ("minh-hoa", "Cá chép Minh Hòa", "Minh Hòa carp", 80000, "700"),
        ("minh-hoa", "Cá trắm Minh Hòa", "Minh Hòa grass carp", 90000, "1000"),
    ],
    "ga-doi": [
        ("bac-an", "Gà ri Bắc An", "Bắc An ri chickens", 145000, "350"),
        ("bac-an", "Gà đồi Bắc An", "Bắc An hill chickens", 130000, "900"),
        ("le-loi", "Gà đồi Lê Lợi", "Lê Lợi hill chickens", 125000, "1100"),
        ("le-loi", "Gà trống thiến Lê Lợi", "Lê Lợi capons", 150000, "200"),
        ("hung-dao", "Gà đồi Hưng Đạo", "Hưng Đạo hill chickens", 120000, "600"),
    ],
    "trung-ga": [
        ("cam-hoang", "Trứng gà Cẩm Hoàng", "Cẩm Hoàng eggs", 3300, "12000"),
        ("dinh-son", "Trứng gà Định Sơn", "Định Sơn eggs", 3200, "9000"),
        ("doan-ket", "Trứng gà Đoàn Kết", "Đoàn Kết eggs", 3000, "15000"),
        ("doan-ket", "Trứng gà so Đoàn Kết", "Đoàn Kết pullet eggs", 3500, "6000"),
        ("ngu-hung", "Trứng gà thả vườn Ngũ Hùng", "Ngũ Hùng free-range eggs", 4500, "3000"),
    ],
    "mat-ong": [
        ("tht-ong-bac-an", "Mật ong hoa vải Bắc An", "Bắc An lychee honey", 220000, "300"),
        ("hung-dao", "Mật ong hoa rừng Hưng Đạo", "Hưng Đạo forest honey", 240000, "220"),
        ("hung-dao", "Mật ong hoa nhãn Hưng Đạo", "Hưng Đạo longan honey", 200000, "260"),
    ],
    "banh-dau-xanh": [
        ("banh-dau-xanh", "Bánh đậu xanh Cẩm Thượng", "Cẩm Thượng mung bean cakes", 55000, "900"),
        ("banh-dau-xanh", "Bánh đậu xanh ít đường", "Mung bean cakes, less sugar", 65000, "400"),
        ("banh-dau-xanh", "Bánh đậu xanh hộp quà", "Mung bean cakes, gift box", 110000, "250"),
    ],
    "banh-gai": [
        ("banh-gai", "Bánh gai Ninh Giang", "Ninh Giang gai cakes", 8000, "3000"),
        ("banh-gai", "Bánh gai cỡ nhỏ", "Small gai cakes", 7000, "2000"),
    ],
    "banh-da": [
        ("lo-cuong", "Bánh đa Lộ Cương Miền Xưa", "Lộ Cương Miền Xưa noodles", 30000, "1600"),
        ("lien-hiep", "Bún khô bếp ăn, thùng lẻ gói", "Dried vermicelli for kitchens", 26000, "2200"),
        ("lo-cuong", "Bún khô Miền Xưa", "Miền Xưa dried vermicelli", 28000, "1400"),
        ("lo-cuong", "Bánh đa đỏ Lộ Cương", "Lộ Cương red noodles", 35000, "700"),
    ],
    "gom-chu-dau": [
        ("gom-thai-tan", "Bình tỳ bà vẽ hoa cúc", "Pear-shaped vase with chrysanthemums", 1800000, "12"),
        ("gom-thai-tan", "Đĩa men lam vẽ cá", "Blue dish with fish", 650000, "30"),
        ("gom-thai-tan", "Ấm chén men lam", "Blue tea set", 950000, "25"),
        ("gom-thai-tan", "Lọ hoa men rạn", "Crackled vase", 420000, "40"),
    ],
    "giay-da": [
        ("giay-da", "Giày nam Võ Nguyên buộc dây", "Võ Nguyên lace-up shoes", 750000, "120"),
        ("giay-da", "Giày lười nam Võ Nguyên", "Võ Nguyên loafers", 620000, "150"),
        ("giay-da", "Dép quai da nam", "Leather sandals", 400000, "200"),
    ],
    "bi-do": [
        ("dong-lac", "Bí đỏ hồ lô Đồng Lạc", "Đồng Lạc bottle pumpkins", 15000, "600"),
        ("duc-chinh", "Bí đỏ Đức Chính", "Đức Chính pumpkins", 14000, "900"),
    ],
}
# commodity, seller, name, English name, price, the state it is left in
UNSOLD = [
    ("cai-kale", "hong-hung", "Cải kale Hồng Hưng", "Hồng Hưng kale", 38000, "in_review"),
    ("hanh-kho", "le-ninh", "Hành khô Lê Ninh", "Lê Ninh dried shallots", 57000, "in_review"),
    ("mat-ong", "hoang-tan", "Mật ong hoa nhãn Hoàng Tân", "Hoàng Tân longan honey", 210000, "in_review"),
    ("ca-rot-dong-lac", "dong-lac", "Cà rốt tím Đồng Lạc", "Đồng Lạc purple carrots", 20000, "draft"),
    ("banh-gai", "banh-gai", "Bánh gai hộp quà", "Gai cakes, gift box", 10000, "declined"),
    ("dua-hau", "hong-phong", "Dưa hấu Hồng Phong", "Hồng Phong watermelons", 11000, "paused"),
    ("nep-cai-hoa-vang", "le-ninh", "Gạo nếp Lê Ninh", "Lê Ninh sticky rice", 40000, "retired"),
]
COLD = (
    "Ngoài vụ, hàng được giữ trong kho lạnh hoặc cấp đông nên lúc nào cũng có.",
    "Out of season the goods come from the cold store or the freezer, so they are always there.",
)
