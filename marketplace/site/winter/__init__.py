"""A winter season that never was: invented cooperatives and buyers live it through the real services, week by week."""
