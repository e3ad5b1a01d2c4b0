using System.Numerics;

namespace CrmPlatform.Query.Meaning;

/// <summary>
/// Arithmetic as PostgreSQL's numeric has it: adding, subtracting and multiplying are exact whatever the size; a quotient is rounded
/// to ten decimals, halves away from zero. Nothing overflows; a formula's result beyond what a decimal holds is null.
/// </summary>
internal readonly record struct Exact : IComparable<Exact>
{
    /// <summary>The decimals a quotient has, and a formula's result.</summary>
    public const int Decimals = 10;

    private readonly BigInteger digits;
    private readonly int scale;

    private Exact(BigInteger digits, int scale) => (this.digits, this.scale) = (digits, scale);

    public Exact(decimal value)
    {
        var bits = decimal.GetBits(value);
        var unsigned = new BigInteger((uint)bits[0]) + (new BigInteger((uint)bits[1]) << 32) + (new BigInteger((uint)bits[2]) << 64);
        (digits, scale) = (value < 0 ? -unsigned : unsigned, (bits[3] >> 16) & 0xFF);
    }

    public static Exact Of(object value) => value as Exact? ?? new Exact((decimal)value);

    public static Exact operator +(Exact a, Exact b) => Aligned(a, b, out var x, out var y) is var scale ? new(x + y, scale) : default;

    public static Exact operator -(Exact a) => new(-a.digits, a.scale);

    public static Exact operator -(Exact a, Exact b) => a + -b;

    public static Exact operator *(Exact a, Exact b) => new(a.digits * b.digits, a.scale + b.scale);

    /// <summary>What remains of division towards zero; null by zero.</summary>
    public static Exact? operator %(Exact a, Exact b) =>
        Aligned(a, b, out var x, out var y) is var scale && y.IsZero ? null : new(x % y, scale);

    /// <summary>Cut after twelve decimals, then rounded to ten: as if the true quotient were, and what <c>div</c> says in SQL.</summary>
    public static Exact? operator /(Exact a, Exact b)
    {
        Aligned(a, b, out var x, out var y);
        return y.IsZero ? null : new Exact(x * BigInteger.Pow(10, Decimals + 2) / y, Decimals + 2).Round(Decimals);
    }

    /// <summary>Rounded to so many decimals, halves away from zero.</summary>
    public Exact Round(int decimals)
    {
        if (scale <= decimals)
            return this;
        var unit = BigInteger.Pow(10, scale - decimals);
        var (quotient, rest) = BigInteger.DivRem(digits, unit);
        return new(BigInteger.Abs(rest) * 2 >= unit ? quotient + digits.Sign : quotient, decimals);
    }

    public Exact Floor()
    {
        var unit = BigInteger.Pow(10, scale);
        var (quotient, rest) = BigInteger.DivRem(digits, unit);
        return new(rest.Sign < 0 ? quotient - 1 : quotient, 0);
    }

    public Exact Abs() => new(BigInteger.Abs(digits), scale);

    /// <summary>As a decimal, if it is one; the zeros at its end are dropped.</summary>
    public decimal? ToDecimal()
    {
        var (value, left) = (digits, scale);
        while (left > 0 && (value % 10).IsZero)
            (value, left) = (value / 10, left - 1);
        return left > 28 || BigInteger.Abs(value) >= BigInteger.One << 96 ? null
            : new decimal((int)(uint)(BigInteger.Abs(value) & uint.MaxValue), (int)(uint)((BigInteger.Abs(value) >> 32) & uint.MaxValue),
                (int)(uint)(BigInteger.Abs(value) >> 64), value.Sign < 0, (byte)left);
    }

    /// <summary>As the result of a formula: ten decimals, less than 10^18.</summary>
    public decimal? Result() => Abs().CompareTo(new Exact(1_000_000_000_000_000_000)) < 0 ? Round(Decimals).ToDecimal() : null;

    public int CompareTo(Exact other)
    {
        Aligned(this, other, out var x, out var y);
        return x.CompareTo(y);
    }

    /// <summary>Without an exponent and without zeros that say nothing.</summary>
    public override string ToString()
    {
        var text = BigInteger.Abs(digits).ToString().PadLeft(scale + 1, '0');
        var whole = text[..^scale];
        var part = text[^scale..].TrimEnd('0');
        return $"{(digits.Sign < 0 ? "-" : "")}{whole}{(part.Length > 0 ? "." : "")}{part}";
    }

    private static int Aligned(Exact a, Exact b, out BigInteger x, out BigInteger y)
    {
        var scale = Math.Max(a.scale, b.scale);
        x = a.digits * BigInteger.Pow(10, scale - a.scale);
        y = b.digits * BigInteger.Pow(10, scale - b.scale);
        return scale;
    }
}
