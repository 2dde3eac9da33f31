from marketplace.foundation.area import Area

area = Area(package="marketplace.catalogue")
