namespace CrmPlatform.Identity.SecondFactor;

/// <summary>The field of a QR code: its marks, its data, and the mask that makes it easiest to read.</summary>
internal sealed class Grid
{
    private readonly int version, size;
    private readonly bool[,] dark, isMark;

    public Grid(int version)
    {
        (this.version, size) = (version, version * 4 + 17);
        (dark, isMark) = (new bool[size, size], new bool[size, size]);
        for (var i = 0; i < size; i++)
        {
            Mark(6, i, i % 2 == 0);
            Mark(i, 6, i % 2 == 0);
        }
        Corner(3, 3);
        Corner(size - 4, 3);
        Corner(3, size - 4);
        var places = Places();
        for (var i = 0; i < places.Count; i++)
            for (var j = 0; j < places.Count; j++)
                if (!(i == 0 && j == 0 || i == 0 && j == places.Count - 1 || i == places.Count - 1 && j == 0))
                    Alignment(places[i], places[j]);
        Format(0);
        Version();
    }

    /// <summary>Writes the words in the zigzag of the standard.</summary>
    public void Place(byte[] words)
    {
        var bit = 0;
        for (var right = size - 1; right >= 1; right -= 2)
        {
            if (right == 6)
                right = 5;
            for (var step = 0; step < size; step++)
                for (var j = 0; j < 2; j++)
                {
                    var (x, y) = (right - j, (right + 1 & 2) == 0 ? size - 1 - step : step);
                    if (isMark[x, y] || bit >= words.Length * 8)
                        continue;
                    dark[x, y] = (words[bit >> 3] >> (7 - (bit & 7)) & 1) != 0;
                    bit++;
                }
        }
    }

    /// <summary>The field under the mask with the fewest patterns that mislead a reader.</summary>
    public bool[,] BestMasked()
    {
        var best = Enumerable.Range(0, 8).MinBy(mask =>
        {
            Apply(mask);
            Format(mask);
            var penalty = Penalty();
            Apply(mask);
            return penalty;
        });
        Apply(best);
        Format(best);
        return dark;
    }

    private void Mark(int x, int y, bool isDark) => (dark[x, y], isMark[x, y]) = (isDark, true);

    private void Corner(int x, int y)
    {
        for (var dy = -4; dy <= 4; dy++)
            for (var dx = -4; dx <= 4; dx++)
                if (x + dx >= 0 && x + dx < size && y + dy >= 0 && y + dy < size)
                    Mark(x + dx, y + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) is not (2 or 4));
    }

    private void Alignment(int x, int y)
    {
        for (var dy = -2; dy <= 2; dy++)
            for (var dx = -2; dx <= 2; dx++)
                Mark(x + dx, y + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) != 1);
    }

    private List<int> Places()
    {
        if (version == 1)
            return [];
        var count = version / 7 + 2;
        var step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
        return [6, .. Enumerable.Range(0, count - 1).Select(i => size - 7 - i * step).Reverse()];
    }

    // Error correction M is 0 in the standard's count.
    private void Format(int mask)
    {
        var rest = mask;
        for (var i = 0; i < 10; i++)
            rest = rest << 1 ^ (rest >> 9) * 0x537;
        var bits = (mask << 10 | rest) ^ 0x5412;
        bool Bit(int i) => (bits >> i & 1) != 0;
        for (var i = 0; i <= 5; i++)
            Mark(8, i, Bit(i));
        Mark(8, 7, Bit(6));
        Mark(8, 8, Bit(7));
        Mark(7, 8, Bit(8));
        for (var i = 9; i < 15; i++)
            Mark(14 - i, 8, Bit(i));
        for (var i = 0; i < 8; i++)
            Mark(size - 1 - i, 8, Bit(i));
        for (var i = 8; i < 15; i++)
            Mark(8, size - 15 + i, Bit(i));
        Mark(8, size - 8, true);
    }

    private void Version()
    {
        if (version < 7)
            return;
        var rest = version;
        for (var i = 0; i < 12; i++)
            rest = rest << 1 ^ (rest >> 11) * 0x1F25;
        var bits = version << 12 | rest;
        for (var i = 0; i < 18; i++)
        {
            var (a, b) = (size - 11 + i % 3, i / 3);
            Mark(a, b, (bits >> i & 1) != 0);
            Mark(b, a, (bits >> i & 1) != 0);
        }
    }

    private void Apply(int mask)
    {
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                dark[x, y] ^= !isMark[x, y] && mask switch
                {
                    0 => (x + y) % 2 == 0,
                    1 => y % 2 == 0,
                    2 => x % 3 == 0,
                    3 => (x + y) % 3 == 0,
                    4 => (x / 3 + y / 2) % 2 == 0,
                    5 => x * y % 2 + x * y % 3 == 0,
                    6 => (x * y % 2 + x * y % 3) % 2 == 0,
                    _ => ((x + y) % 2 + x * y % 3) % 2 == 0,
                };
    }

    private int Penalty()
    {
        var (penalty, darks) = (0, 0);
        for (var a = 0; a < size; a++)
        {
            penalty += Line(b => dark[b, a]) + Line(b => dark[a, b]);
            for (var b = 0; b < size; b++)
            {
                darks += dark[a, b] ? 1 : 0;
                if (a + 1 < size && b + 1 < size && dark[a, b] == dark[a + 1, b] && dark[a, b] == dark[a, b + 1] && dark[a, b] == dark[a + 1, b + 1])
                    penalty += 3;
            }
        }
        return penalty + 10 * (Math.Abs(darks * 20 - size * size * 10) / (size * size));
    }

    // Long runs of one colour, and what looks like a corner.
    private int Line(Func<int, bool> at)
    {
        var (penalty, run, last) = (0, 0, 0);
        for (var i = 0; i < size; i++)
        {
            run = i > 0 && at(i) == at(i - 1) ? run + 1 : 1;
            penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
            last = (last << 1 | (at(i) ? 1 : 0)) & 0x7FF;
            if (i >= 10 && last is 0x5D0 or 0x05D)
                penalty += 40;
        }
        return penalty;
    }
}
