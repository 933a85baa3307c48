zeros(3, dtpe=int64)
