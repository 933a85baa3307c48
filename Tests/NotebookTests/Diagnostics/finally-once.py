def close():
    try:
        return 1 / 0
    finally:
        pass

close()
