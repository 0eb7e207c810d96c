print("SCRIPT-TEXT")
