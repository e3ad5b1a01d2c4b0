using System.Net;
using System.Text;

namespace CrmPlatform.Identity.SecondFactor;

/// <summary>
/// A text as a picture that phones read (ISO/IEC 18004: bytes, error correction M, versions 1 to 20), as SVG, made here: the secret in it is told nobody else.
/// </summary>
public static class QrCode
{
    private const int Largest = 20, Quiet = 4;
    private static readonly int[] CheckWords = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
    private static readonly int[] Blocks = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

    /// <summary>The picture.</summary>
    public static string Svg(string text, string says)
    {
        var dark = Draw(Encoding.UTF8.GetBytes(text));
        var (size, path) = (dark.GetLength(0), new StringBuilder());
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                if (dark[x, y])
                    path.Append($"M{x + Quiet} {y + Quiet}h1v1h-1z");
        var all = size + 2 * Quiet;
        return $"""
            <svg class="qr" role="img" aria-label="{WebUtility.HtmlEncode(says)}" viewBox="0 0 {all} {all}" shape-rendering="crispEdges">
            <path fill="#fff" d="M0 0h{all}v{all}h-{all}z"/><path fill="#000" d="{path}"/></svg>
            """;
    }

    /// <summary>Which modules are dark, by column and row.</summary>
    public static bool[,] Draw(byte[] data)
    {
        var version = Enumerable.Range(1, Largest).FirstOrDefault(v => data.Length * 8 + 4 + LengthBits(v) <= DataWords(v) * 8);
        if (version == 0)
            throw new ArgumentException("The text is too long for a picture.", nameof(data));
        var grid = new Grid(version);
        grid.Place(Interleaved(version, Words(version, data)));
        return grid.BestMasked();
    }

    private static int LengthBits(int version) => version < 10 ? 8 : 16;

    private static int AllWords(int version)
    {
        var modules = (16 * version + 128) * version + 64;
        if (version >= 2)
        {
            var marks = version / 7 + 2;
            modules -= (25 * marks - 10) * marks - 55;
            if (version >= 7)
                modules -= 36;
        }
        return modules / 8;
    }

    private static int DataWords(int version) => AllWords(version) - CheckWords[version] * Blocks[version];

    private static byte[] Words(int version, byte[] data)
    {
        var bits = new List<bool>();
        void Add(int value, int count)
        {
            for (var i = count - 1; i >= 0; i--)
                bits.Add((value >> i & 1) != 0);
        }
        Add(4, 4); // bytes follow
        Add(data.Length, LengthBits(version));
        foreach (var one in data)
            Add(one, 8);
        var room = DataWords(version) * 8;
        Add(0, Math.Min(4, room - bits.Count));
        Add(0, (8 - bits.Count % 8) % 8);
        for (var pad = 0xEC; bits.Count < room; pad ^= 0xEC ^ 0x11)
            Add(pad, 8);
        return [.. bits.Chunk(8).Select(eight => (byte)eight.Aggregate(0, (word, bit) => word << 1 | (bit ? 1 : 0)))];
    }

    private static byte[] Interleaved(int version, byte[] words)
    {
        var (blocks, checks, all) = (Blocks[version], CheckWords[version], AllWords(version));
        var (isShort, length) = (blocks - all % blocks, all / blocks - checks);
        var (parts, proofs, at) = (new List<byte[]>(), new List<byte[]>(), 0);
        var divisor = Divisor(checks);
        for (var i = 0; i < blocks; i++)
        {
            var part = words[at..(at += length + (i < isShort ? 0 : 1))];
            parts.Add(part);
            proofs.Add(Remainder(part, divisor));
        }
        var result = new List<byte>(all);
        for (var i = 0; i <= length; i++)
            result.AddRange(parts.Where(p => i < p.Length).Select(p => p[i]));
        for (var i = 0; i < checks; i++)
            result.AddRange(proofs.Select(p => p[i]));
        return [.. result];
    }

    private static byte[] Divisor(int degree)
    {
        var result = new byte[degree];
        result[^1] = 1;
        for (int i = 0, root = 1; i < degree; i++, root = Times((byte)root, 2))
            for (var j = 0; j < degree; j++)
                result[j] = (byte)(Times(result[j], (byte)root) ^ (j + 1 < degree ? result[j + 1] : 0));
        return result;
    }

    private static byte[] Remainder(byte[] data, byte[] divisor)
    {
        var result = new byte[divisor.Length];
        foreach (var one in data)
        {
            var factor = (byte)(one ^ result[0]);
            Array.Copy(result, 1, result, 0, result.Length - 1);
            result[^1] = 0;
            for (var i = 0; i < result.Length; i++)
                result[i] ^= Times(divisor[i], factor);
        }
        return result;
    }

    // In the field of 256 elements that the standard reckons in.
    private static byte Times(byte x, byte y)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--)
            product = product << 1 ^ (product >> 7) * 0x11D ^ (y >> i & 1) * x;
        return (byte)product;
    }
}
