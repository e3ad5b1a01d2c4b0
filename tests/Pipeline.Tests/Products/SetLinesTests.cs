using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Products;

public sealed class SetLinesTests
{
    [Fact]
    public async Task S39_the_amount_of_a_deal_with_several_products_is_what_its_lines_come_to()
    {
        var (sales, seat, setUp, book) = await Shop();
        var deal = await sales.Deal();

        var saved = (await sales.Door.Post($"/deals/{deal}/lines", new
        {
            priceBookId = book,
            lines = new object[]
            {
                new { productId = seat, quantity = 10, term = 12, discountPercent = 10 },
                new { productId = setUp, discountAmount = 50 },
                new { name = "Training", quantity = 2, listPrice = Sales.Eur(333.335m) },
            },
        })).Expect(200);

        Assert.Equal("4616.67", saved["amount"].GetProperty("amount").GetString());
        Assert.Equal(
            ["Seat 3240.00 month standard", "Set-up 710.00 once ", "Training 666.67 once "],
            saved["lines"].EnumerateArray().Select(l =>
                $"{l.GetProperty("name")} {l.GetProperty("total").GetProperty("amount")} {l.GetProperty("period")} {l.GetProperty("taxClass")}"));
        var fewer = (await sales.Door.Post($"/deals/{deal}/lines", new { lines = new[] { new { productId = setUp } } })).Expect(200);
        Assert.Equal("760.00", fewer["amount"].GetProperty("amount").GetString());
        (await sales.Door.Post($"/operations/{fewer.Operation}/undo")).Expect(200);
        var again = (await sales.Door.Get($"/deals/{deal}")).Expect(200);
        Assert.Equal(("4616.67", 3), (again["amount"].GetProperty("amount").GetString(), again["lines"].GetArrayLength()));
    }

    [Fact]
    public async Task S39_an_amount_of_one_s_own_has_only_a_deal_without_lines()
    {
        var (sales, _, setUp, book) = await Shop();
        var deal = await sales.Deal();
        (await sales.Door.Post($"/deals/{deal}/lines", new { priceBookId = book, lines = new[] { new { productId = setUp } } })).Expect(200);

        (await sales.Door.Patch($"/deals/{deal}", new { amount = Sales.Eur(1) })).Expect(422, "invalid");
        (await sales.Door.Patch($"/deals/{deal}", new { amount = Sales.Eur(760), name = "Same" })).Expect(200);
        var none = (await sales.Door.Post($"/deals/{deal}/lines", new { lines = Array.Empty<object>() })).Expect(200);
        Assert.Equal("760.00", none["amount"].GetProperty("amount").GetString());
        (await sales.Door.Patch($"/deals/{deal}", new { amount = Sales.Eur(1) })).Expect(200);
    }

    [Fact]
    public async Task What_is_wrong_with_lines_is_said_at_each()
    {
        var (sales, seat, setUp, book) = await Shop();
        var deal = await sales.Deal();
        (await sales.Door.Patch($"/products/{setUp}", new { retired = true })).Expect(200);

        var refused = (await sales.Door.Post($"/deals/{deal}/lines", new
        {
            priceBookId = book,
            lines = new object[]
            {
                new { productId = seat },
                new { productId = setUp },
                new { name = "Dollars", listPrice = Sales.Money(1, "USD") },
                new { name = "Free" },
                new { name = "Both", listPrice = Sales.Eur(1), discountPercent = 1, discountAmount = 1 },
                new { name = "Too much", listPrice = Sales.Eur(1), discountAmount = 2 },
                new { productId = Guid.CreateVersion7(), listPrice = Sales.Eur(1) },
            },
        })).Expect(422, "invalid");

        Assert.Equal(
            [
                "lines[1].productId", "lines[2].listPrice", "lines[3].listPrice", "lines[4].discountAmount", "lines[5].discountAmount", "lines[6].name",
                "lines[6].productId",
            ],
            refused["errors"].EnumerateObject().Select(e => e.Name).Order());
    }

    [Fact]
    public async Task What_is_sold_is_retired_and_not_deleted_and_those_say_so_who_keep_products()
    {
        var (sales, seat, setUp, book) = await Shop();
        var deal = await sales.Deal();
        (await sales.Door.Post($"/deals/{deal}/lines", new { priceBookId = book, lines = new[] { new { productId = seat } } })).Expect(200);
        var seller = sales.Door.WithToken(sales.Crm.TokenOf(Guid.CreateVersion7(), ["sales"]));

        (await sales.Door.Delete($"/products/{seat}")).Expect(409, "in_use");
        (await seller.Delete($"/products/{setUp}")).Expect(403, "not_allowed");
        (await seller.Patch($"/products/{setUp}", new { name = "Mine" })).Expect(403, "not_allowed");
        Assert.Equal(2, (await seller.Get("/products?include=total")).Expect(200)["total"].GetInt32());
        (await sales.Door.WithToken(sales.Crm.TokenOf(Guid.CreateVersion7(), ["manager"])).Delete($"/products/{setUp}")).Expect(204);
    }

    private static async Task<(Sales Sales, Guid Seat, Guid SetUp, Guid Book)> Shop()
    {
        var sales = await Sales.Begin();
        var seat = (await sales.Door.Post("/products", new { name = "Seat", sku = "S-1", taxClass = "standard", period = "month" })).Expect(201).Id;
        var setUp = (await sales.Door.Post("/products", new { name = "Set-up" })).Expect(201).Id;
        var book = (await sales.Door.Post("/priceBooks", new { name = "Europe", currency = "EUR", tier = "standard" })).Expect(201).Id;
        (await sales.Door.Post("/prices", new { productId = seat, priceBookId = book, amount = 30 })).Expect(201);
        (await sales.Door.Post("/prices", new { productId = setUp, priceBookId = book, amount = 760 })).Expect(201);
        return (sales, seat, setUp, book);
    }
}
