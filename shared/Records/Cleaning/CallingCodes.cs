using System.Collections.Frozen;

namespace CrmPlatform.Records.Cleaning;

/// <summary>How numbers of a country are called from abroad: its code, and what is left out of a number as it is written at home.</summary>
internal static class CallingCodes
{
    // Country, code, and the prefix of a national number where there is one (ITU E.164 and the national numbering plans).
    private const string Plans =
        "AE971-0 AL355-0 AR54-0 AT43-0 AU61-0 BA387-0 BD880-0 BE32-0 BG359-0 BH973 BO591-0 BR55-0 BY375-8 CA1-1 CH41-0 CI225 CL56 CM237 CN86-0 CO57 CR506 "
        + "CY357 CZ420 DE49-0 DK45 DO1-1 DZ213-0 EC593-0 EE372 EG20-0 ES34 ET251-0 FI358-0 FR33-0 GB44-0 GE995-0 GH233-0 GR30 GT502 HK852 HR385-0 HU36-06 "
        + "ID62-0 IE353-0 IL972-0 IN91-0 IQ964-0 IR98-0 IS354 IT39 JM1-1 JO962-0 JP81-0 KE254-0 KR82-0 KW965 KZ7-8 LB961-0 LI423 LK94-0 LT370-0 LU352 LV371 "
        + "MA212-0 MC377 MD373-0 ME382-0 MK389-0 MT356 MU230 MX52 MY60-0 NG234-0 NL31-0 NO47 NP977-0 NZ64-0 OM968 PA507 PE51-0 PH63-0 PK92-0 PL48 PR1-1 "
        + "PT351 PY595-0 QA974 RO40-0 RS381-0 RU7-8 SA966-0 SE46-0 SG65 SI386-0 SK421-0 SM378 SN221 TH66-0 TN216 TR90-0 TW886-0 TZ255-0 UA380-0 UG256-0 "
        + "US1-1 UY598-0 UZ998 VE58-0 VN84-0 ZA27-0 ZM260-0";

    private static readonly FrozenDictionary<string, (string Code, string Prefix)> ByCountry = Plans.Split(' ').ToFrozenDictionary(
        plan => plan[..2], plan => plan[2..].Split('-') is [var code, var prefix] ? (code, prefix) : (plan[2..], ""));

    /// <summary>The international form of a number as it is written in a country, if the country is known.</summary>
    public static string? International(string digits, string country)
    {
        if (!ByCountry.TryGetValue(country, out var plan))
            return null;
        var bare = plan.Prefix.Length > 0 && digits.StartsWith(plan.Prefix, StringComparison.Ordinal) ? digits[plan.Prefix.Length..] : digits;
        return $"+{plan.Code}{bare}";
    }
}
