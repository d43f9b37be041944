"""Where Django's Russian dates are not as Russians write them."""

# 21 ноября, and not "21 Ноябрь".
MONTH_DAY_FORMAT = "j E"
