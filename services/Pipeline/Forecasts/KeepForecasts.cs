using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Currencies;
using CrmPlatform.Records.Deadlines;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>Keeps what the forecasts of the current month and quarter say with the beginning of each week, in UTC.</summary>
internal static class KeepForecasts
{
    /// <summary>A week begins.</summary>
    public static Deadline<Pipelines.Pipeline> Weekly { get; } = new("forecastsKept", nameof(Pipelines.Pipeline.ForecastsKeptAt), async (session, pipeline) =>
    {
        var today = DateOnly.FromDateTime(session.Now.UtcDateTime);
        foreach (var period in Period.Of(today, (await PipelineSettings.Of(session)).YearBegins ?? 1))
            if ((await session.List<ForecastSnapshot>("period = @Name and taken_on = @today and deleted_at is null", new { period.Name, today })).Count == 0)
                await session.Create(new ForecastSnapshot { Period = period.Name });
        await session.Change(pipeline, pipeline with { ForecastsKeptAt = Next(session.Now) });
    });

    /// <summary>When the next week begins.</summary>
    public static DateTimeOffset Next(DateTimeOffset now) =>
        new(now.UtcDateTime.Date.AddDays(7 - ((int)now.UtcDateTime.DayOfWeek + 6) % 7), TimeSpan.Zero);
}
