import SQLite
import Testing
