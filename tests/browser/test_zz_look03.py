import pytest


@pytest.mark.parametrize("width", [1280, 800])
def test_x(lab, width):
    page = lab.open("notebooks/03-obstacles.ipynb")
    page.set_viewport_size({"width": width, "height": 14000})
    lab.run_all()
    page.wait_for_timeout(1500)
    for i in range(9):
        page.screenshot(
            path=f"/tmp/parley/u03/nb-{width}-{i}.png", clip={"x": 0, "y": i * 1500, "width": width, "height": 1500}
        )
