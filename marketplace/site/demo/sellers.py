"""Who sells in the demonstration province.

Names of real cooperatives stand here with public facts only; all others are called after their commune.
Every director, phone, account and tax code is invented.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Seller:
    """One cooperative: `commune` is the code of its commune before 01/07/2025, `heir` today's when "
    "that was split."""

    key: str
    name: str
    short: str
    commune: str
    crop: str
    hue: str
    scene: str
    director: str
    kind: str = "cooperative"
    sector: str = "agriculture"
    state: str = "admitted"
    heir: str = ""
    email: str = ""
    story_vi: str = ""
    story_en: str = ""
    name_en: str = ""
    reason: str = ""

    @property
    def real(self) -> bool:
        """Whether a cooperative of this name exists: then nothing but public facts is told of it."""
        return self in REAL

    @property
    def title(self) -> str:
        """How a letter addresses the director; women's names here carry "Thị"."""
        return "bà" if " Thị " in self.director else "ông"


REAL = [
    Seller(
        "dong-lac",
        "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "HTX Đồng Lạc",
        "10600",
        "carrot",
        "carrot",
        "field",
        "Nguyễn Văn Hùng",
        email="donglac@demo.vn",
        name_en="Đồng Lạc Agricultural Service Cooperative",
        story_vi="Đồng Lạc là phường trồng cà rốt của Chí Linh, nơi mỗi vụ đông có hơn 200 ha cà rốt. "
        "Gieo từ đầu tháng 9, nhổ từ tháng Giêng đến tháng Tư, rộ nhất tháng Hai và tháng Ba. Tháng 5 "
        "năm 2020, lãnh đạo Liên minh HTX đã về thăm ruộng cà rốt của hợp tác xã.",
        story_en="Đồng Lạc grows carrots in Chí Linh, which has more than 200 hectares of them each "
        "winter. They are sown from September and pulled from January to April, most of all in February "
        "and March. In May 2020 the alliance's leaders visited the cooperative's carrot field.",
    ),
    Seller(
        "duc-chinh",
        "HTX Dịch vụ nông nghiệp Đức Chính",
        "HTX Đức Chính",
        "10912",
        "carrot",
        "carrot",
        "field",
        "Phạm Văn Thuận",
        email="ducchinh@demo.vn",
        name_en="Đức Chính Agricultural Service Cooperative",
        story_vi="Đức Chính là vùng cà rốt lớn nhất Cẩm Giàng: khoảng 360 ha bãi sông, gần như chỉ "
        "trồng cà rốt. "
        "Phần lớn hàng đi xuất khẩu, nhiều nhất sang Hàn Quốc. Cà rốt tươi ở đây đã được công nhận OCOP "
        "4 sao.",
        story_en="Đức Chính is Cẩm Giàng's largest carrot land: about 360 hectares of river flats. Most "
        "is exported, "
        "chiefly to Korea. Its fresh carrots carry four OCOP stars.",
    ),
    Seller(
        "tan-minh-duc",
        "HTX Sản xuất và Tiêu thụ rau quả Tân Minh Đức",
        "HTX Tân Minh Đức",
        "11053",
        "melon",
        "lime",
        "orchard",
        "Đỗ Văn Minh",
        email="tanminhduc@demo.vn",
        name_en="Tân Minh Đức Fruit and Vegetable Cooperative",
        story_vi="Hợp tác xã ở Phạm Trấn, Gia Lộc trồng dưa lưới, dưa thơm và là một trong những nơi "
        "đóng cà rốt xuất khẩu của tỉnh. Dưa của hợp tác xã là sản phẩm OCOP 3 sao.",
        story_en="In Phạm Trấn, Gia Lộc, the cooperative grows melons and is one of the province's "
        "exporters of carrots. Its melons carry three OCOP stars.",
    ),
    Seller(
        "nhan-hue",
        "HTX Dịch vụ nông nghiệp xã Nhân Huệ",
        "HTX Nhân Huệ",
        "10591",
        "carrot",
        "carrot",
        "field",
        "Trần Thị Mai",
        story_vi="Hợp tác xã ở Nhân Huệ, Chí Linh. “Cà rốt tươi Nhân Huệ” được công nhận OCOP 4 sao năm "
        "2023.",
        story_en="The cooperative is in Nhân Huệ, Chí Linh. “Cà rốt tươi Nhân Huệ” has had four OCOP "
        "stars since 2023.",
        name_en="Nhân Huệ Agricultural Service Cooperative",
    ),
    Seller(
        "cam-van",
        "HTX Dịch vụ nông nghiệp Cẩm Văn",
        "HTX Cẩm Văn",
        "10900",
        "carrot",
        "carrot",
        "field",
        "Lê Văn Quyết",
        story_vi="Cẩm Văn thuộc vùng cà rốt Cẩm Giàng, vụ 2022–2023 có khoảng 530 ha. Hợp tác xã là "
        "thành viên của Liên minh.",
        name_en="Cẩm Văn Agricultural Service Cooperative",
        story_en="Cẩm Văn belongs to the carrot land of Cẩm Giàng, some 530 hectares in the winter of "
        "2022–2023. The cooperative is a member of the alliance.",
    ),
    Seller(
        "an-lam",
        "HTX Dịch vụ nông nghiệp An Lâm",
        "HTX An Lâm",
        "10645",
        "scallion",
        "leaf",
        "field",
        "Vũ Thị Hạnh",
        story_vi="An Lâm thuộc Nam Sách, nơi vụ 2022–2023 có hơn 430 ha cà rốt. Hợp tác xã là thành "
        "viên của Liên minh.",
        name_en="An Lâm Agricultural Service Cooperative",
        story_en="An Lâm is in Nam Sách, which grew more than 430 hectares of carrots in the winter of "
        "2022–2023. The cooperative is a member of the alliance.",
    ),
    Seller(
        "hoang-nam-phat",
        "HTX Hoàng Nam Phát",
        "HTX Hoàng Nam Phát",
        "11017",
        "carrot",
        "carrot",
        "field",
        "Hoàng Văn Nam",
        sector="trade",
        story_vi="Hợp tác xã ở Gia Xuyên bao tiêu cà rốt trên hơn 60 ha. Hàng được rửa, phân cỡ, đóng thùng; "
        "mỗi ngày đi Nhật Bản, Hàn Quốc, Malaysia và các siêu thị trong nước.",
        story_en="From Gia Xuyên the cooperative contracts more than 60 hectares of carrots, which it "
        "washes, grades and "
        "packs for Japan, Korea, Malaysia and supermarkets at home.",
        name_en="Hoàng Nam Phát Cooperative",
    ),
    Seller(
        "hoang-dieu",
        "HTX Dịch vụ nông nghiệp Hoàng Diệu",
        "HTX Hoàng Diệu",
        "11047",
        "cabbage",
        "leaf",
        "cabbages",
        "Phạm Thị Nhàn",
        story_vi="Hoàng Diệu trồng cải bắp từ tháng 11 đến tháng 3. Cải bắp Hoàng Diệu là sản phẩm OCOP "
        "3 sao, "
        "một phần diện tích làm theo VietGAP.",
        story_en="Hoàng Diệu cuts cabbage from November to March. It has three OCOP stars, and part of "
        "the fields "
        "follow VietGAP.",
        name_en="Hoàng Diệu Agricultural Service Cooperative",
    ),
    Seller(
        "tan-tien",
        "HTX Dịch vụ nông nghiệp Tân Tiến",
        "HTX Tân Tiến",
        "11038",
        "cabbage",
        "leaf",
        "cabbages",
        "Nguyễn Thị Vân",
        story_vi="Hợp tác xã ở Gia Lộc, vùng rau vụ đông của tỉnh. Cải bắp Tân Tiến là sản phẩm OCOP 3 sao.",
        name_en="Tân Tiến Agricultural Service Cooperative",
        story_en="The cooperative is in Gia Lộc, the province's land of winter vegetables. Its cabbage "
        "carries three OCOP stars.",
    ),
    Seller(
        "gia-tan",
        "HTX Dịch vụ nông nghiệp Gia Tân",
        "HTX Gia Tân",
        "11038",
        "cabbage",
        "leaf",
        "cabbages",
        "Đào Văn Chính",
        story_vi="Hợp tác xã ở Gia Lộc, vùng rau vụ đông của tỉnh. Cải bắp Gia Tân là sản phẩm OCOP 3 sao.",
        name_en="Gia Tân Agricultural Service Cooperative",
        story_en="The cooperative is in Gia Lộc, the province's land of winter vegetables. Its cabbage "
        "carries three OCOP stars.",
    ),
    Seller(
        "thanh-nhan",
        "HTX Nông sản sạch Thành Nhàn",
        "HTX Thành Nhàn",
        "10729",
        "powder",
        "straw",
        "workshop",
        "Bùi Văn Thành",
        heir="10729",
        story_vi="Hợp tác xã ở Thượng Quận, Kinh Môn chế biến bột sắn dây. Bột sắn dây Thành Nhàn là "
        "sản phẩm OCOP 4 sao.",
        story_en="In Thượng Quận, Kinh Môn, the cooperative makes kudzu starch, a product with four "
        "OCOP stars.",
        name_en="Thành Nhàn Clean Produce Cooperative",
    ),
    Seller(
        "an-thanh",
        "HTX Dịch vụ nông nghiệp An Thanh",
        "HTX An Thanh",
        "11125",
        "ruoi",
        "river",
        "river",
        "Nguyễn Đức Thịnh",
        story_vi="Bãi rươi An Thanh nằm ngoài đê, nước lớn nước ròng theo con triều. Rươi nổi vào các "
        "con nước từ "
        "tháng 9 đến tháng 11 âm lịch; phần còn lại của năm, ruộng trồng lúa không thuốc để giữ rươi.",
        story_en="The ragworm flats of An Thanh lie outside the dyke and breathe with the tide. "
        "Ragworms rise in late "
        "autumn; the rest of the year the same fields carry rice grown without sprays.",
        name_en="An Thanh Agricultural Service Cooperative",
    ),
    Seller(
        "lo-cuong",
        "HTX Sản xuất và Đóng gói bánh đa Lộ Cương",
        "HTX Lộ Cương",
        "10540",
        "noodles",
        "lychee",
        "workshop",
        "Phạm Thị Lụa",
        sector="craft",
        heir="10891",
        story_vi="Hợp tác xã ở Lộ Cương, phường Tứ Minh. Bánh đa, bún khô Miền Xưa của hợp tác xã là "
        "sản phẩm OCOP 4 sao.",
        story_en="The cooperative is in Lộ Cương, Tứ Minh. Its Miền Xưa noodles carry four OCOP stars.",
        name_en="Lộ Cương Noodle Cooperative",
    ),
    Seller(
        "giay-da",
        "HTX Sản xuất, Thương mại và Dịch vụ giày da Hải Dương",
        "HTX Giày da Hải Dương",
        "10999",
        "shoes",
        "clay",
        "workshop",
        "Võ Văn Kiên",
        sector="craft",
        heir="gia loc",
        story_vi="Hợp tác xã ở Gia Lộc làm giày da nam. Giày nam Võ Nguyên là sản phẩm OCOP 3 sao.",
        story_en="In Gia Lộc the cooperative makes men's leather shoes. Its Võ Nguyên shoes carry three "
        "OCOP stars.",
        name_en="Hải Dương Leather Shoe Cooperative",
    ),
    Seller(
        "phu-nu-binh-giang",
        "HTX Phụ nữ khuyết tật Bình Giang",
        "HTX Phụ nữ Bình Giang",
        "10945",
        "basket",
        "onion",
        "workshop",
        "Nguyễn Thị Sen",
        sector="craft",
        story_vi="Hợp tác xã của phụ nữ khuyết tật ở Bình Giang.",
        name_en="Bình Giang Cooperative of Women with Disabilities",
        story_en="A cooperative of women with disabilities in Bình Giang.",
    ),
    Seller(
        "vsmt-nam-sach",
        "HTX Vệ sinh môi trường thị trấn Nam Sách",
        "HTX VSMT Nam Sách",
        "10606",
        "scale",
        "river",
        "river",
        "Lương Văn Tuấn",
        sector="sanitation",
        story_vi="Hợp tác xã vệ sinh môi trường của thị trấn Nam Sách.",
        name_en="Nam Sách Environmental Sanitation Cooperative",
        story_en="The environmental sanitation cooperative of Nam Sách town.",
    ),
    Seller(
        "minh-hoa",
        "HTX Nuôi trồng thuỷ sản Minh Hòa",
        "HTX Thuỷ sản Minh Hòa",
        "10747",
        "fish",
        "river",
        "river",
        "Trịnh Văn Hải",
        story_vi="Hợp tác xã nuôi trồng thuỷ sản ở Minh Hòa, Kinh Môn.",
        name_en="Minh Hòa Aquaculture Cooperative",
        story_en="An aquaculture cooperative in Minh Hòa, Kinh Môn.",
    ),
]

# key, commune, commune's name, district, crop, hue, scene, director
_NAMED_AFTER_COMMUNE = [
    ("tan-dan", "10603", "Tân Dân", "Chí Linh", "carrot", "carrot", "field", "Nguyễn Thị Bích"),
    ("an-lac", "10594", "An Lạc", "Chí Linh", "carrot", "carrot", "field", "Mạc Văn Toàn"),
    ("co-thanh", "10576", "Cổ Thành", "Chí Linh", "carrot", "carrot", "field", "Dương Văn Lâm"),
    ("hoang-tan", "10573", "Hoàng Tân", "Chí Linh", "longan", "straw", "orchard", "Đồng Thị Thuỷ"),
    ("hoang-tien", "10567", "Hoàng Tiến", "Chí Linh", "na", "lime", "orchard", "Tạ Văn Bình"),
    ("ben-tam", "10552", "Bến Tắm", "Chí Linh", "na", "lime", "orchard", "Lưu Thị Hồng"),
    ("hoang-hoa-tham", "10555", "Hoàng Hoa Thám", "Chí Linh", "dragonfruit", "lychee", "orchard", "Nông Văn Sơn"),
    ("bac-an", "10558", "Bắc An", "Chí Linh", "hen", "clay", "orchard", "Vi Văn Đạt"),
    ("le-loi", "10564", "Lê Lợi", "Chí Linh", "hen", "clay", "orchard", "Hoàng Thị Nga"),
    ("hung-dao", "10561", "Hưng Đạo", "Chí Linh", "honey", "straw", "orchard", "Nguyễn Văn Lực"),
    ("nam-tan", "10612", "Nam Tân", "Nam Sách", "fish", "river", "river", "Phạm Văn Sông"),
    ("nam-hung", "10609", "Nam Hưng", "Nam Sách", "fish", "river", "river", "Nguyễn Văn Thuyền"),
    ("hop-tien", "10615", "Hợp Tiến", "Nam Sách", "scallion", "leaf", "field", "Lê Thị Tươi"),
    ("dong-lac-nam-sach", "10657", "Đồng Lạc (Nam Sách)", "Nam Sách", "scallion", "leaf", "field", "Vũ Văn Khải"),
    ("thai-tan", "10642", "Thái Tân", "Nam Sách", "carrot", "carrot", "field", "Đinh Văn Hoà"),
    ("minh-tan", "10666", "Minh Tân", "Nam Sách", "carrot", "carrot", "field", "Nguyễn Thị Xuân"),
    ("quoc-tuan", "10621", "Quốc Tuấn", "Nam Sách", "scallion", "leaf", "field", "Trần Văn Phúc"),
    ("hiep-cat", "10618", "Hiệp Cát", "Nam Sách", "kohlrabi", "leaf", "cabbages", "Phạm Thị Liên"),
    ("thang-long", "10717", "Thăng Long", "Kinh Môn", "onion", "onion", "onions", "Nguyễn Văn Hành"),
    ("quang-thanh", "10705", "Quang Thành", "Kinh Môn", "onion", "onion", "onions", "Trương Thị Lý"),
    ("lac-long", "10720", "Lạc Long", "Kinh Môn", "onion", "onion", "onions", "Bùi Văn Trọng"),
    ("hiep-hoa", "10708", "Hiệp Hòa", "Kinh Môn", "onion", "onion", "onions", "Phạm Thị Dung"),
    ("an-phu", "10732", "An Phụ", "Kinh Môn", "rice", "straw", "rice", "Nguyễn Văn Thóc"),
    ("long-xuyen", "10738", "Long Xuyên", "Kinh Môn", "rice", "straw", "rice", "Lê Thị Mùa"),
    ("le-ninh", "10684", "Lê Ninh", "Kinh Môn", "garlic", "onion", "onions", "Vũ Văn Tường"),
    ("bach-dang", "10678", "Bạch Đằng", "Kinh Môn", "potato", "clay", "field", "Hoàng Văn Giang"),
    ("hien-thanh", "10744", "Hiến Thành", "Kinh Môn", "garlic", "onion", "onions", "Đặng Thị Thơm"),
    ("kim-anh", "10780", "Kim Anh", "Kim Thành", "jicama", "clay", "field", "Nguyễn Văn Đậu"),
    ("kim-lien", "10783", "Kim Liên", "Kim Thành", "jicama", "clay", "field", "Phạm Thị Sáng"),
    ("dong-cam", "10804", "Đồng Cẩm", "Kim Thành", "jicama", "clay", "field", "Lê Văn Cẩm"),
    ("thanh-son", "10867", "Thanh Sơn", "Thanh Hà", "lychee", "lychee", "orchard", "Lê Văn Vải"),
    ("thanh-quang", "10876", "Thanh Quang", "Thanh Hà", "lychee", "lychee", "orchard", "Nguyễn Thị Thiều"),
    ("thanh-tan", "10861", "Thanh Tân", "Thanh Hà", "lychee", "lychee", "orchard", "Hoàng Văn Thạo"),
    ("thanh-hong", "10879", "Thanh Hồng", "Thanh Hà", "pomelo", "lime", "orchard", "Trần Thị Bưởi"),
    ("lien-mac", "10843", "Liên Mạc", "Thanh Hà", "guava", "lime", "orchard", "Nguyễn Văn Ổn"),
    ("thanh-xuan", "10855", "Thanh Xuân", "Thanh Hà", "guava", "lime", "orchard", "Đỗ Thị Hoài"),
    ("an-phuong", "10864", "An Phượng", "Thanh Hà", "guava", "lime", "orchard", "Phạm Văn Phượng"),
    ("thanh-lang", "10834", "Thanh Lang", "Thanh Hà", "kudzu", "clay", "field", "Bùi Thị Dây"),
    ("cam-hoang", "10897", "Cẩm Hoàng", "Cẩm Giàng", "eggs", "clay", "rice", "Nguyễn Văn Gia"),
    ("cam-vu", "10909", "Cẩm Vũ", "Cẩm Giàng", "carrot", "carrot", "field", "Vũ Thị Cúc"),
    ("dinh-son", "10918", "Định Sơn", "Cẩm Giàng", "eggs", "clay", "rice", "Đoàn Văn Sơn"),
    ("hung-thang", "10954", "Hùng Thắng", "Bình Giang", "potato", "clay", "field", "Phạm Văn Thắng"),
    ("toan-thang", "11044", "Toàn Thắng", "Gia Lộc", "cabbage", "leaf", "cabbages", "Nguyễn Thị Thắm"),
    ("hong-hung", "11050", "Hồng Hưng", "Gia Lộc", "kohlrabi", "leaf", "cabbages", "Lê Văn Hưng"),
    ("nhat-quang", "11065", "Nhật Quang", "Gia Lộc", "wintermelon", "lime", "field", "Nguyễn Văn Quang"),
    ("pham-tran", "11053", "Phạm Trấn", "Gia Lộc", "kale", "leaf", "cabbages", "Phạm Thị Trâm"),
    ("ngoc-son", "11077", "Ngọc Sơn", "TP Hải Dương", "cauliflower", "leaf", "cabbages", "Vũ Văn Ngọc"),
    ("dai-son", "11083", "Đại Sơn", "Tứ Kỳ", "watermelon", "lychee", "field", "Trần Văn Đại"),
    ("quang-trung", "11134", "Quang Trung", "Tứ Kỳ", "ruoi", "river", "river", "Nguyễn Thị Triều"),
    ("chi-minh", "11095", "Chí Minh", "Tứ Kỳ", "rice", "straw", "rice", "Bùi Văn Chí"),
    ("minh-duc", "11128", "Minh Đức", "Tứ Kỳ", "patties", "lychee", "workshop", "Nguyễn Thị Tuyền"),
    ("nguyen-giap", "11146", "Nguyên Giáp", "Tứ Kỳ", "crab", "river", "river", "Đào Thị Cáy"),
    ("hong-phong", "11224", "Hồng Phong", "Ninh Giang", "wintermelon", "lime", "field", "Phạm Văn Phong"),
    ("kien-phuc", "11230", "Kiến Phúc", "Ninh Giang", "rice", "straw", "rice", "Nguyễn Văn Kiến"),
    ("doan-ket", "11263", "Đoàn Kết", "Thanh Miện", "eggs", "clay", "rice", "Vũ Thị Kết"),
    ("ngu-hung", "11275", "Ngũ Hùng", "Thanh Miện", "eggs", "clay", "rice", "Đỗ Văn Hùng"),
]  # fmt: skip

OTHERS = [
    Seller(
        "lien-hiep", "Liên hiệp HTX nông sản Hải Dương", "Liên hiệp HTX nông sản", "10525", "truck", "carrot", "field",
        "Phạm Văn Liên", kind="coop_union", sector="trade",
        story_vi="Liên hiệp gom hàng của các hợp tác xã thành viên để đủ chuyến xe cho bếp ăn và siêu thị.",
        story_en="The union gathers its member cooperatives' goods into full truckloads for kitchens "
        "and supermarkets.",
        name_en="Hải Dương Union of Produce Cooperatives",
    ),
    Seller(
        "banh-gai", "HTX Bánh gai thị trấn Ninh Giang", "HTX Bánh gai Ninh Giang", "11203", "gaicake", "lychee",
        "workshop", "Nguyễn Thị Gấm", sector="craft",
        story_vi="Lá gai khô nghiền mịn, nếp thơm, đậu xanh và mứt bí: bánh gai Ninh Giang gói tay, hấp "
        "trong ngày.",
        story_en="Dried ramie leaf, sticky rice, mung bean and candied gourd: wrapped by hand, steamed "
        "the same day.",
        name_en="Ninh Giang Gai Cake Cooperative",
    ),
    Seller(
        "banh-dau-xanh", "HTX Bánh đậu xanh Cẩm Thượng", "HTX Bánh đậu xanh Cẩm Thượng", "10507", "cake", "straw",
        "workshop", "Trần Văn Thượng", sector="craft",
        story_vi="Đậu xanh rang, xay mịn, trộn đường và mỡ rồi ép khuôn. Bánh nhỏ, gói giấy, uống với "
        "trà nóng.",
        story_en="Roasted mung beans, ground fine and pressed into small cakes, best with hot tea.",
        name_en="Cẩm Thượng Mung Bean Cake Cooperative",
    ),
    Seller(
        "gom-thai-tan", "HTX Gốm Thái Tân", "HTX Gốm Thái Tân", "10642", "vase", "river", "workshop", "Lương Văn Gốm",
        sector="craft",
        story_vi="Đất Nam Sách từng có làng gốm nổi tiếng từ nhiều thế kỷ trước. Thợ của hợp tác xã vẽ "
        "men lam bằng tay.",
        story_en="Nam Sách was a famous land of pottery centuries ago. The cooperative's painters work "
        "in blue by hand.",
        name_en="Thái Tân Pottery Cooperative",
    ),
    Seller(
        "che-bien-kinh-mon", "HTX Chế biến nông sản Thái Thịnh", "HTX Thái Thịnh", "10741", "blackgarlic", "onion",
        "workshop", "Đỗ Thị Thịnh", sector="craft",
        story_vi="Hợp tác xã lên men tỏi đen và nấu rượu nếp từ tỏi, gạo nếp cái hoa vàng của bà con "
        "Kinh Môn.",
        story_en="The cooperative ferments black garlic and distils sticky rice grown by its neighbours "
        "in Kinh Môn.",
        name_en="Thái Thịnh Food Cooperative",
    ),
    Seller(
        "tht-cay-ha-thanh", "Tổ hợp tác Mắm cáy Hà Thanh", "THT Mắm cáy Hà Thanh", "11152", "crab", "river", "river",
        "Phạm Thị Thanh", kind="coop_group",
        story_vi="Mười một hộ ở Hà Thanh bắt cáy ngoài bãi sông và làm mắm trong chum.",
        story_en="Eleven households of Hà Thanh catch field crabs on the river flats and make sauce in jars.",
        name_en="Hà Thanh Crab Sauce Group",
    ),
    Seller(
        "tht-ong-bac-an", "Tổ hợp tác Nuôi ong Bắc An", "THT Nuôi ong Bắc An", "10558", "honey", "straw", "orchard",
        "Hoàng Văn Ong", kind="coop_group",
        story_vi="Chín hộ nuôi ong cùng đưa đàn theo mùa hoa vải, hoa nhãn rồi hoa rừng.",
        story_en="Nine beekeepers move their hives together after lychee, longan and forest flowers.",
        name_en="Bắc An Beekeepers' Group",
    ),
    Seller(
        "tht-ca-hop-tien", "Tổ hợp tác Cá lồng Hợp Tiến", "THT Cá lồng Hợp Tiến", "10615", "fish", "river", "river",
        "Nguyễn Văn Lồng", kind="coop_group",
        story_vi="Các hộ nuôi cá lồng trên sông Kinh Thầy chia nhau lịch thả và lịch bắt để tuần nào "
        "cũng có cá.",
        story_en="Cage fish farmers on the Kinh Thầy river share their calendar so that there is fish "
        "every week.",
        name_en="Hợp Tiến Cage Fish Group",
    ),
    Seller(
        "van-tai", "HTX Vận tải hàng lạnh Ái Quốc", "HTX Vận tải Ái Quốc", "10660", "truck", "river", "river",
        "Lê Văn Vận", sector="transport",
        story_vi="Mười hai xe tải lạnh chở nông sản của các hợp tác xã đi Hà Nội, Hải Phòng và Quảng Ninh.",
        story_en="Twelve refrigerated trucks carry the cooperatives' produce to Hà Nội, Hải Phòng and "
        "Quảng Ninh.",
        name_en="Ái Quốc Refrigerated Transport Cooperative",
    ),
    # for the office's queues
    Seller(
        "hai-tan", "HTX Rau an toàn Hải Tân", "HTX Hải Tân", "10537", "kale", "leaf", "cabbages", "Nguyễn Thị Tân",
        state="applied",
    ),
    Seller(
        "nhan-quyen", "HTX DVNN Nhân Quyền", "HTX Nhân Quyền", "10987", "rice", "straw", "rice", "Vũ Văn Quyền",
        state="applied",
    ),
    Seller(
        "luong-dien", "HTX Cơ khí Lương Điền", "HTX Lương Điền", "10924", "tractor", "clay", "workshop",
        "Phạm Văn Điền", sector="craft", state="under_review",
    ),
    Seller(
        "tam-ky", "HTX DVNN Tam Kỳ", "HTX Tam Kỳ", "10801", "jicama", "clay", "field", "Lê Thị Kỳ",
        state="under_review",
    ),
    Seller(
        "tan-ky", "HTX DVNN Tân Kỳ", "HTX Tân Kỳ", "11113", "rice", "straw", "rice", "Bùi Văn Kỳ", state="suspended",
        reason="Chưa nộp báo cáo năm, đã nhắc ba lần.",
    ),
    Seller(
        "van-hoi", "HTX DVNN Văn Hội", "HTX Văn Hội", "11218", "rice", "straw", "rice", "Đào Văn Hội", state="left",
        reason="Sáp nhập vào HTX DVNN Hồng Phong.",
    ),
]  # fmt: skip

CROPS = {
    "carrot": ("trồng cà rốt", "carrots"),
    "longan": ("trồng nhãn", "longan"),
    "na": ("trồng na", "custard apples"),
    "dragonfruit": ("trồng thanh long ruột đỏ", "red dragon fruit"),
    "hen": ("nuôi gà đồi", "hill chickens"),
    "honey": ("nuôi ong", "honey"),
    "fish": ("nuôi cá lồng", "cage fish"),
    "scallion": ("trồng hành lá", "spring onions"),
    "kohlrabi": ("trồng su hào", "kohlrabi"),
    "onion": ("trồng hành củ", "shallots"),
    "rice": ("trồng lúa", "rice"),
    "garlic": ("trồng tỏi và hành", "garlic and shallots"),
    "potato": ("trồng khoai tây", "potatoes"),
    "jicama": ("trồng củ đậu", "jicama"),
    "lychee": ("trồng vải", "lychees"),
    "pomelo": ("trồng bưởi đào", "pomelos"),
    "guava": ("trồng ổi", "guavas"),
    "kudzu": ("trồng sắn dây", "kudzu"),
    "eggs": ("nuôi gà đẻ trứng", "laying hens"),
    "cabbage": ("trồng cải bắp", "cabbage"),
    "wintermelon": ("trồng bí xanh", "winter melons"),
    "kale": ("trồng rau xanh", "greens"),
    "cauliflower": ("trồng súp lơ", "cauliflower"),
    "watermelon": ("trồng dưa hấu", "watermelons"),
    "ruoi": ("giữ bãi rươi, cấy lúa", "ragworms and rice"),
    "patties": ("làm chả rươi", "ragworm patties"),
    "crab": ("bắt cáy, làm mắm", "field crabs"),
}
_STORIES = [
    (
        "{n} hộ ở {place}, {district} cùng {work}. Hộ nào thu hôm nào đều ghi vào sổ chung, nên người mua "
        "hỏi lô nào hợp tác xã trả lời được ngay.",
        "{n} households of {place}, {district} work on {crop} together. Every day's harvest goes into one "
        "notebook, so each lot can be told apart.",
    ),
    (
        "Ở {place}, {work} là nghề cũ truyền từ đời ông bà. Hợp tác xã lo giống và tìm nơi bán; bà con lo "
        "chăm và thu đúng lứa.",
        "In {place} families have lived on {crop} for generations. The cooperative finds seed and "
        "buyers; the "
        "families tend and harvest.",
    ),
    (
        "Mỗi sáng sớm, hợp tác xã gom hàng của {n} hộ {work} ở {place}, phân loại tại sân rồi giao "
        "trong ngày. "
        "Hàng không đạt thì để lại, không trộn.",
        "Early each morning the cooperative gathers {crop} from {n} households of {place}, sorts them in the "
        "yard and delivers the same day.",
    ),
    (
        "Bà con {place} {work} đã lâu, quen đất quen nước. Mua ít hay mua nhiều, hợp tác xã đều báo trước "
        "ngày có hàng để người mua khỏi đợi.",
        "The families of {place} know their soil, their water and their {crop}. The cooperative says "
        "beforehand "
        "on which day the goods are there.",
    ),
]


def _named(row: tuple[str, ...], number: int) -> Seller:
    key, commune, place, district, crop, hue, scene, director = row
    short = place.split(" (")[0]
    told_vi, told_en = _STORIES[number % len(_STORIES)]
    names = {"place": short, "district": district, "n": 40 + number * 7 % 160}
    return Seller(
        key, f"HTX DVNN {place}", f"HTX {place}", commune, crop, hue, scene, director,
        story_vi=told_vi.format(work=CROPS[crop][0], **names),
        story_en=told_en.format(crop=CROPS[crop][1], **names),
        name_en=f"{place} Agricultural Service Cooperative",
    )  # fmt: skip


SELLERS = [*REAL, *(_named(row, i) for i, row in enumerate(_NAMED_AFTER_COMMUNE)), *OTHERS]
