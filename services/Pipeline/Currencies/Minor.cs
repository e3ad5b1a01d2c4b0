using System.Collections.Frozen;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Currencies;

/// <summary>How many decimals an amount has in its currency (ISO 4217): two where nothing else is said.</summary>
public static class Minor
{
    private static readonly FrozenSet<string> WithoutDecimals = Set(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");

    private static readonly FrozenSet<string> WithThree = Set("BHD IQD JOD KWD LYD OMR TND");

    /// <summary>The amount as it can be paid, with all its decimals; halves away from zero.</summary>
    public static Money Round(Money amount)
    {
        var digits = WithoutDecimals.Contains(amount.Currency) ? 0 : WithThree.Contains(amount.Currency) ? 3 : 2;
        return amount with { Amount = Math.Round(amount.Amount, digits, MidpointRounding.AwayFromZero) + new decimal(0, 0, 0, false, (byte)digits) };
    }

    private static FrozenSet<string> Set(string currencies) => currencies.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
