"""Questions to suppliers: what is asked of whom, the letters, the answers; and deviations in hand.

`delta` says which entries somebody has not answered for, `answered` what was answered last, `planning` what
there is to ask, `requests` asks it and follows it up. `answers` makes declarations of what suppliers answer.
`deviations` opens cases and leads them, `letters` writes what goes out.
"""
