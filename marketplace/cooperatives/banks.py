"""Banks by their BIN, as VietQR knows them (list of 20/07/2026)."""

from __future__ import annotations

BANKS = {
    "970405": "Agribank", "970446": "Co-opBank", "970415": "VietinBank", "970436": "Vietcombank",
    "970418": "BIDV", "970422": "MB", "970407": "Techcombank", "970416": "ACB", "970432": "VPBank",
    "970423": "TPBank", "970403": "Sacombank", "970437": "HDBank", "970441": "VIB", "970443": "SHB",
    "970426": "MSB", "970448": "OCB", "970449": "LPBank", "970440": "SeABank", "970431": "Eximbank",
    "970428": "Nam A Bank", "970419": "NCB", "970412": "PVcomBank", "970409": "Bac A Bank",
    "970425": "ABBank", "970452": "KienlongBank", "970427": "VietABank", "970433": "VietBank",
    "970438": "BaoViet Bank", "970454": "BVBank", "970430": "PGBank", "970400": "SaigonBank",
    "970429": "SCB", "970414": "MBV", "970406": "Vikki", "970408": "GPBank", "970444": "VCBNeo",
    "970424": "Shinhan", "970457": "Woori", "970421": "VRB",
}  # fmt: skip
