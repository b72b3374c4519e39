def fill(world, now):
    return
