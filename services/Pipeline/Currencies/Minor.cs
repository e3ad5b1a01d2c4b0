using System.Collections.Frozen;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Currencies;

/// <summary>How many decimals an amount has in its currency (ISO 4217): two where nothing else is said.</summary>
public static class Minor
{
    private static readonly FrozenDictionary<string, int> Unusual = new Dictionary<string, int>
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0, ["RWF"] = 0, ["UGX"] = 0,
        ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The amount as it can be paid, with all its decimals; halves away from zero.</summary>
    public static Money Round(Money amount)
    {
        var digits = Unusual.GetValueOrDefault(amount.Currency, 2);
        return amount with { Amount = Math.Round(amount.Amount, digits, MidpointRounding.AwayFromZero) + new decimal(0, 0, 0, false, (byte)digits) };
    }
}
