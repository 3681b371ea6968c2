package text

import (
	"fmt"
	"strconv"
	"time"
)

// Thousands writes a number in groups of three digits, as both languages do.
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	neg := ""
	if n < 0 {
		neg, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return neg + s
}

// Bytes writes a size with one unit of 1,000, two or three digits: "2.1 MB".
func Bytes(n int64) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10) + " B"
	}
	f, units := float64(n), []string{"kB", "MB", "GB", "TB", "PB", "EB"}
	i := -1
	for f >= 999.5 && i < len(units)-1 {
		f /= 1000
		i++
	}
	digits := 0
	if f < 9.95 {
		digits = 1
	}
	return strconv.FormatFloat(f, 'f', digits, 64) + " " + units[i]
}

// Duration is a time in the unit that fits: "38 ms", "1.2 s", "2 min 5 s".
func (c *Catalog) Duration(d time.Duration) string {
	second, minute := "s", "min"
	if c.Lang == "ja" {
		second, minute = "秒", "分"
	}
	switch {
	case d < time.Millisecond:
		return "<1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f %s", d.Seconds(), second)
	case d < time.Minute:
		return fmt.Sprintf("%d %s", int(d.Seconds()), second)
	}
	return fmt.Sprintf("%d %s %d %s", int(d.Minutes()), minute, int(d.Seconds())%60, second)
}

// Remaining is a time that is left, as far as it can be foretold: no part of a
// second is.
func (c *Catalog) Remaining(d time.Duration) string {
	if d = d.Round(time.Second); d < time.Minute {
		second := "s"
		if c.Lang == "ja" {
			second = "秒"
		}
		return fmt.Sprintf("%d %s", max(int(d.Seconds()), 1), second)
	}
	return c.Duration(d)
}
