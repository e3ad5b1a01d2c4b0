using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Currencies;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>Keeps what the forecast of a period says today, to be compared with later. There is one of a period and day: the first.</summary>
public static class TakeSnapshot
{
    /// <summary>The month or quarter.</summary>
    public sealed record Request(string Period);

    /// <summary>Takes a snapshot of a period's forecast.</summary>
    public static async Task<ForecastSnapshot> Handle(Request request, Session session) =>
        await Of(session, Period.Read(request.Period, (await PipelineSettings.Of(session)).YearBegins ?? 1));

    /// <summary>The snapshot of a period of today; taken now where there is none.</summary>
    internal static async Task<ForecastSnapshot> Of(Session session, Period period)
    {
        await session.Hold([$"snapshot {period.Name}"]);
        var today = DateOnly.FromDateTime(session.Now.UtcDateTime);
        var known = await session.List<ForecastSnapshot>(
            "period = @Name and taken_on = @today and deleted_at is null", new { period.Name, today });
        if (known is [var taken])
            return taken;
        var snapshot = await session.Create(new ForecastSnapshot
        {
            Period = period.Name,
            TakenOn = today,
            Currency = await PipelineSettings.CurrencyOf(session),
        });
        await Credits.Keep(session, snapshot, period);
        return snapshot;
    }
}
