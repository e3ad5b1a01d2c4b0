using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Deliveries;

/// <summary>Where a page of the log ended.</summary>
internal sealed record Place(DateTimeOffset At, Guid Event)
{
    /// <summary>As a cursor says it.</summary>
    public static Place? Read(string? cursor)
    {
        if (cursor is null)
            return null;
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('/');
            return new Place(new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), Guid.Parse(parts[1]));
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw Refusal.Invalid("cursor", "This is no cursor of a list of deliveries.");
        }
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}/{Event}")));
}
