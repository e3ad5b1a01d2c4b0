using System.Globalization;
using CrmPlatform.Leads.Scoring;
using Xunit;

namespace CrmPlatform.Leads.Tests.Scoring;

/// <summary>What adds up to a score.</summary>
public sealed class ScoreTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-01T12:00:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(ScoringDecay.Half, 10, 0, 1)]
    [InlineData(ScoringDecay.Half, 10, 10, 0.5)]
    [InlineData(ScoringDecay.Half, 10, 30, 0.125)]
    [InlineData(ScoringDecay.Even, 10, 0, 1)]
    [InlineData(ScoringDecay.Even, 10, 4, 0.6)]
    [InlineData(ScoringDecay.Even, 10, 10, 0)]
    [InlineData(ScoringDecay.Even, 10, 99, 0)]
    [InlineData(null, null, 999, 1)]
    public void Points_fade_by_half_or_evenly_or_not_at_all(ScoringDecay? decay, int? days, int age, double left) =>
        Assert.Equal(left, (double)Score.Left(new ScoringRule { Decay = decay, DecayDays = days }, TimeSpan.FromDays(age)), 6);

    [Fact]
    public void Once_is_the_last_time_alone_and_repeatable_is_each_time()
    {
        Happened[] happened = [Mail(1), Mail(10), Mail(20)];

        Assert.Equal(10, Engagement([Rule(10)], happened));
        Assert.Equal(30, Engagement([Rule(10) with { Repeatable = true }], happened));
        Assert.Equal(18, Engagement([Rule(20) with { Decay = ScoringDecay.Even, DecayDays = 10 }], happened));
        Assert.Equal(0, Engagement([Rule(10) with { Event = "call" }], happened));
    }

    [Fact]
    public void A_group_gives_no_more_than_its_cap_for_and_against()
    {
        var (group, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        ScoringRule[] rules = [Rule(40) with { GroupId = group }, Rule(30) with { GroupId = group }, Rule(25), Rule(-90) with { GroupId = other }];

        var score = Score.OfEngagement(rules, [Mail(0)], g => g == group ? 50 : 20, Now);

        Assert.Equal(55, score.Points); // 50 of the group, 25, and 20 against
        Assert.Equal(-50, score.Capped);
        Assert.Equal([-90, 40, 30, 25], score.Reasons.Select(r => r.Points));
    }

    [Fact]
    public void A_score_stays_between_none_and_a_hundred_and_only_falls_when_nothing_happens_to_points_for_a_lead()
    {
        var random = new Random(11);
        for (var i = 0; i < 500; i++)
        {
            ScoringRule[] rules =
            [
                .. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Rule(random.Next(0, 60)) with
                {
                    Repeatable = random.Next(2) == 0,
                    Decay = random.Next(2) == 0 ? ScoringDecay.Half : ScoringDecay.Even,
                    DecayDays = random.Next(1, 90),
                }),
            ];
            Happened[] happened = [.. Enumerable.Range(0, random.Next(0, 8)).Select(_ => Mail(random.Next(0, 100)))];
            var scores = Enumerable.Range(0, 60).Select(day => Engagement(rules, happened, Now.AddDays(day))).ToList();

            Assert.All(scores, s => Assert.InRange(s, 0, 100));
            Assert.Equal(scores.OrderDescending(), scores);
        }
    }

    [Fact]
    public void A_score_is_worth_another_look_before_it_is_more_than_five_points_or_a_grade_from_what_was_said()
    {
        var random = new Random(13);
        for (var i = 0; i < 300; i++)
        {
            var rule = Rule(random.Next(1, 100)) with { Decay = random.Next(2) == 0 ? ScoringDecay.Half : ScoringDecay.Even, DecayDays = random.Next(2, 200) };
            Happened[] happened = [Mail(random.Next(0, 30))];
            int At(DateTimeOffset at) => Engagement([rule], happened, at);
            static char Number(int points) => points >= 60 ? '1' : points >= 30 ? '2' : '3';

            var look = Score.WorthALook(Now, At, Number);

            var end = (look ?? Now.AddDays(700)).AddHours(-2); // it is found to the hour
            for (var at = Now; at < end; at += (end - Now) / 50 + TimeSpan.FromMinutes(1))
                Assert.True(Math.Abs(At(at) - At(Now)) < 5 && Number(At(at)) == Number(At(Now)), $"{At(Now)} is {At(at)} at {at}, before {look}");
            if (look is { } then)
                Assert.True(Math.Abs(At(then) - At(Now)) >= 5 || Number(At(then)) != Number(At(Now)));
        }
    }

    private static int Engagement(IEnumerable<ScoringRule> rules, Happened[] happened, DateTimeOffset? at = null) =>
        Score.OfEngagement(rules, happened, _ => null, at ?? Now).Points;

    private static ScoringRule Rule(int points) => new() { Id = Guid.CreateVersion7(), Axis = ScoringAxis.Engagement, Event = "mail", Points = points };

    private static Happened Mail(int daysAgo) => new(Guid.CreateVersion7(), "mail", Now.AddDays(-daysAgo));
}
